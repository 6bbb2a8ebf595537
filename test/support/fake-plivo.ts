import { randomUUID } from 'node:crypto';
import type { Answer } from './fake-authy.errors.js';
import { FakeGateway, type GatewayRequest } from './fake-gateway.js';

export interface FakePlivoOptions {
  authId: string;
  authToken: string;
  now: () => Date;
  /** Numbers (E.164) to which nothing goes, with the sentence they get. */
  refusals?: Readonly<Record<string, string>>;
  /**
   * What it hears when it asks what to say to a number (E.164). Without it, calls are noted and
   * nobody is asked.
   */
  hear?: (to: string) => string;
}

/** A refusal as Plivo words it. */
export const plivoRefusal = (status: number, error: unknown): Answer => ({
  status,
  body: { api_id: randomUUID(), error },
});

/** A local server that speaks Plivo's Message and Call API and knows one account. */
export class FakePlivo extends FakeGateway {
  /** Where each call asks what to say, and reports. */
  readonly calls: { answerUrl: string; hangupUrl: string }[] = [];

  constructor(private readonly options: FakePlivoOptions) {
    super();
  }

  protected override answerTo(request: GatewayRequest): Answer {
    return { ...this.route(request), headers: { Date: this.options.now().toUTCString() } };
  }

  private route({ method, path, headers, body }: GatewayRequest): Answer {
    const { authId, authToken } = this.options;
    const expected = `Basic ${Buffer.from(`${authId}:${authToken}`).toString('base64')}`;
    if (headers.authorization !== expected)
      return { status: 401, body: 'Could not verify your access level for that URL.' };

    switch (`${method} ${path.replace(`/v1/Account/${authId}/`, '')}`) {
      case 'POST Message/':
        return this.text(headers['content-type'], body);
      case 'POST Call/':
        return this.call(headers['content-type'], body);
      case 'GET ':
        return {
          status: 200,
          body: { auth_id: authId, billing_mode: 'prepaid', cash_credits: '4.88860' },
        };
      default:
        return plivoRefusal(404, 'not found');
    }
  }

  private text(type: string | undefined, body: string): Answer {
    if (type !== 'application/json')
      return plivoRefusal(400, 'Content-Type must be application/json');
    const {
      src,
      powerpack_uuid: powerpack,
      dst,
      text,
      message_expiry: expiry,
    } = JSON.parse(body) as Record<string, unknown>;
    const error = this.problemOf(String(dst));
    if (error !== undefined) return plivoRefusal(400, error);
    if (typeof text !== 'string' || text === '') return plivoRefusal(400, 'text is required');
    if ((src === undefined) === (powerpack === undefined))
      return plivoRefusal(400, 'either src or powerpack_uuid is required');
    const isLife = Number.isInteger(expiry) && Number(expiry) >= 5 && Number(expiry) <= 10_799;
    if (!isLife) return plivoRefusal(400, 'message_expiry is invalid');

    this.messages.push({ to: `+${String(dst)}`, channel: 'sms', text });
    return {
      status: 202,
      body: { api_id: randomUUID(), message: 'message(s) queued', message_uuid: [randomUUID()] },
    };
  }

  private call(type: string | undefined, body: string): Answer {
    if (type !== 'application/json')
      return plivoRefusal(400, 'Content-Type must be application/json');
    const {
      from,
      to,
      answer_url: answerUrl,
      hangup_url: hangupUrl,
    } = JSON.parse(body) as Record<string, unknown>;
    const error = this.problemOf(String(to));
    if (error !== undefined) return plivoRefusal(400, error);
    if (!/^[1-9]\d{6,14}$/.test(String(from))) return plivoRefusal(400, 'from is invalid');
    if (typeof answerUrl !== 'string' || !answerUrl.startsWith('https:'))
      return plivoRefusal(400, 'answer_url is invalid');

    const text = (this.options.hear?.(`+${String(to)}`) ?? '').replace(/<[^>]*>/g, ' ').trim();
    this.messages.push({ to: `+${String(to)}`, channel: 'call', text });
    this.calls.push({ answerUrl, hangupUrl: String(hangupUrl) });
    return {
      status: 201,
      body: { api_id: randomUUID(), message: 'call fired', request_uuid: randomUUID() },
    };
  }

  private problemOf(dst: string): string | undefined {
    return (
      this.options.refusals?.[`+${dst}`] ??
      (/^[1-9]\d{6,14}$/.test(dst) ? undefined : 'dst is invalid')
    );
  }
}
