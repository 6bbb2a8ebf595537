import { randomBytes } from 'node:crypto';
import type { Answer } from './fake-authy.errors.js';
import { FakeGateway, type GatewayRequest } from './fake-gateway.js';

export interface FakeTwilioMessagesOptions {
  accountSid: string;
  authToken: string;
  now: () => Date;
  /** Numbers (E.164) that get no message, with the error code they get. */
  refusals?: Readonly<Record<string, number>>;
}

/** A refusal as Twilio words it. */
export const twilioRefusal = (status: number, code: number): Answer => ({
  status,
  body: {
    code,
    message: `Error ${code}`,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  },
});

const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * A local server that speaks Twilio's Messages and Calls API (2010-04-01) and knows one account.
 */
export class FakeTwilioMessages extends FakeGateway {
  /** Each text it was asked for, and its answer. */
  readonly texts: { form: Record<string, string>; answer: Answer }[] = [];
  private readonly account: string;

  constructor(private readonly options: FakeTwilioMessagesOptions) {
    super();
    this.account = `/2010-04-01/Accounts/${options.accountSid}`;
  }

  protected override answerTo(request: GatewayRequest): Answer {
    return { ...this.route(request), headers: { Date: this.options.now().toUTCString() } };
  }

  private route({ method, path, headers, body }: GatewayRequest): Answer {
    const { accountSid, authToken } = this.options;
    const expected = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (headers.authorization !== expected) return twilioRefusal(401, 20003);

    const form = Object.fromEntries(new URLSearchParams(body));
    switch (`${method} ${path.replace(this.account, '')}`) {
      case 'POST /Messages.json':
        return this.text(form);
      case 'POST /Calls.json':
        return this.call(form);
      case 'GET .json':
        return {
          status: 200,
          body: { sid: accountSid, friendly_name: 'Ringback', status: 'active', type: 'Full' },
        };
      default:
        return twilioRefusal(404, 20404);
    }
  }

  private text(form: Record<string, string>): Answer {
    const { To: to = '', Body: body = '' } = form;
    const answer = this.problemOf(form, body) ?? { status: 201, body: this.message(form) };
    if (answer.status === 201) this.messages.push({ to, channel: 'sms', text: body });
    this.texts.push({ form, answer });
    return answer;
  }

  private call(form: Record<string, string>): Answer {
    const { To: to = '', From: from = '', Twiml: twiml = '' } = form;
    const problem =
      this.problemOf(form, twiml) ?? (E164.test(from) ? undefined : twilioRefusal(400, 21212));
    if (problem) return problem;
    const text = twiml
      .replace(/<Pause[^>]*>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .trim();
    this.messages.push({ to, channel: 'call', text });
    const sid = `CA${randomBytes(16).toString('hex')}`;
    const uri = `${this.account}/Calls/${sid}.json`;
    return {
      status: 201,
      body: { sid, status: 'queued', to, from, direction: 'outbound-api', uri },
    };
  }

  private problemOf(form: Record<string, string>, content: string): Answer | undefined {
    const { To: to = '', From: from, MessagingServiceSid: service } = form;
    const special = this.options.refusals?.[to];
    if (special !== undefined) return twilioRefusal(400, special);
    if (!E164.test(to)) return twilioRefusal(400, 21211);
    if (!from && !service) return twilioRefusal(400, 21603);
    return content === '' ? twilioRefusal(400, 21602) : undefined;
  }

  private message({
    To: to,
    From: from,
    MessagingServiceSid: service,
    Body: body,
  }: Record<string, string>): object {
    const sid = `SM${randomBytes(16).toString('hex')}`;
    const uri = `${this.account}/Messages/${sid}`;
    const now = this.options.now().toUTCString().replace('GMT', '+0000');
    return {
      account_sid: this.options.accountSid,
      api_version: '2010-04-01',
      body,
      date_created: now,
      date_sent: null,
      date_updated: now,
      direction: 'outbound-api',
      error_code: null,
      error_message: null,
      from: from ?? null,
      messaging_service_sid: service ?? null,
      num_media: '0',
      num_segments: service ? '0' : '1',
      price: null,
      price_unit: null,
      sid,
      status: service ? 'accepted' : 'queued',
      subresource_uris: { media: `${uri}/Media.json` },
      to,
      uri: `${uri}.json`,
    };
  }
}
