import { randomBytes } from 'node:crypto';
import type { Answer } from './fake-authy.errors.js';
import { FakeGateway, type GatewayRequest } from './fake-gateway.js';

export interface FakeVonageOptions {
  key: string;
  secret: string;
  now: () => Date;
  /** Numbers (E.164) to which nothing goes, with the status they get. */
  refusals?: Readonly<Record<string, string>>;
}

const GSM = /^[\n\r -_a-~€£¥¡§¿èéùìòàÄÖÑÜäöñüßÅåÇØøÆæÉ¤]*$/;

/** A local server that speaks the SMS API and the balance of the Account API of Vonage. */
export class FakeVonage extends FakeGateway {
  constructor(private readonly options: FakeVonageOptions) {
    super();
  }

  protected override answerTo(request: GatewayRequest): Answer {
    const answer = this.route(request);
    return { ...answer, headers: { Date: this.options.now().toUTCString() } };
  }

  private route(request: GatewayRequest): Answer {
    switch (`${request.method} ${request.path}`) {
      case 'POST /sms/json':
        return {
          status: 200,
          body: this.submit(Object.fromEntries(new URLSearchParams(request.body))),
        };
      case 'GET /account/get-balance':
        return this.balance(request.headers.authorization);
      default:
        return { status: 404, body: '<h1>404 Not Found</h1>' };
    }
  }

  private submit(form: Record<string, string>): object {
    const status = this.problemOf(form);
    if (status !== undefined)
      return { 'message-count': '1', messages: [{ status, 'error-text': `Error ${status}` }] };

    const { to = '', text = '', type, 'client-ref': reference } = form;
    const isUnicode = type === 'unicode';
    const isWhole = isUnicode || GSM.test(text);
    this.messages.push({
      to: `+${to}`,
      channel: 'sms',
      text: isWhole ? text : text.replace(/[^ -~\n]/g, '?'),
    });

    const [single, part] = isUnicode ? [70, 67] : [160, 153];
    const count = text.length <= single ? 1 : Math.ceil(text.length / part);
    const newId = () => randomBytes(8).toString('hex').toUpperCase();
    const entry = {
      to,
      status: '0',
      'remaining-balance': '3.14',
      'message-price': '0.03',
      'client-ref': reference,
    };
    return {
      'message-count': `${count}`,
      messages: Array.from({ length: count }, () => ({ ...entry, 'message-id': newId() })),
    };
  }

  private problemOf(form: Record<string, string>): string | undefined {
    const {
      api_key: key,
      api_secret: secret,
      from,
      to,
      text,
      ttl = '20000',
      'client-ref': reference = '',
    } = form;
    if (key !== this.options.key || secret !== this.options.secret) return '4';
    if (!from || !to || !text) return '2';
    const life = Number(ttl);
    const isValid =
      /^\d{7,15}$/.test(to) && life >= 20_000 && life <= 604_800_000 && reference.length <= 40;
    return isValid ? this.options.refusals?.[`+${to}`] : '3';
  }

  private balance(authorization: string | undefined): Answer {
    const { key, secret } = this.options;
    const expected = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
    if (authorization === expected)
      return { status: 200, body: { value: 10.28, autoReload: false } };
    return {
      status: 401,
      body: { 'error-code': '401', 'error-code-label': 'authentication failed' },
    };
  }
}
