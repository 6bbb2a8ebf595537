import type { Exchange } from '../../../common/net/bounded-fetch.js';
import { parsedUrl } from '../../../common/net/parsed-url.js';
import { resultOf } from '../gateway-answer.js';
import { bad, probeOf, type Question } from '../gateway-probe.js';
import { basic, exchangeWith, withoutSlash, type GatewayContext } from '../gateway-sender.js';
import type { Probe, SendResult } from '../sms-sender.js';
import { meaningOfStart } from './twilio-verify.reply.js';
import type { TwilioVerifySettings } from './twilio-verify.vendor.js';

type Fields = Readonly<Record<string, string | undefined>>;

/** What is said of settings with which no request can be made. */
const NO_REQUEST =
  'Twilio gets no request with our settings: check TWILIO_ACCOUNT_SID (AC…), TWILIO_AUTH_TOKEN and ' +
  'TWILIO_VERIFY_SERVICE_SID (VA…).';

/** A Verify service (v2), asked over HTTPS: each time by one request, never two. */
export class VerifyService {
  readonly sid: string;
  private readonly isUsable: boolean;

  constructor(
    private readonly settings: TwilioVerifySettings,
    private readonly context: GatewayContext,
  ) {
    this.sid = settings.TWILIO_VERIFY_SERVICE_SID;
    this.isUsable =
      settings.TWILIO_ACCOUNT_SID.startsWith('AC') &&
      settings.TWILIO_AUTH_TOKEN !== '' &&
      /^[\w-]+$/.test(this.sid) &&
      parsedUrl(settings.TWILIO_VERIFY_URL) !== null;
  }

  /** Has a message sent; what only the operator can mend is said. */
  async start(form: Fields): Promise<SendResult> {
    return resultOf(await this.askAloud('/Verifications', form), meaningOfStart, this.context.log);
  }

  /** The same as `ask`, but says to the operator where no request can be made. */
  askAloud(path: string, form?: Fields): Promise<Exchange> {
    if (!this.isUsable) this.context.log?.(NO_REQUEST);
    return this.ask(path, form);
  }

  /** Asks at a path below the service. A field that is undefined is left out. */
  async ask(path: string, form?: Fields): Promise<Exchange> {
    if (!this.isUsable) return { outcome: 'not_sent' };
    const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_VERIFY_URL } = this.settings;
    const given = Object.entries(form ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    );
    const request = {
      url: `${withoutSlash(TWILIO_VERIFY_URL)}/v2/Services/${this.sid}${path}`,
      headers: {
        Authorization: basic(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN),
        Accept: 'application/json',
      },
      ...(form && { method: 'POST' as const, body: new URLSearchParams(given) }),
    };
    return exchangeWith(request, this.context);
  }

  /** Looks at the service itself. Sends nothing. */
  async probe(judge: Question['judge']): Promise<Probe> {
    if (!this.isUsable) return bad(NO_REQUEST);
    return probeOf(await this.ask(''), {
      name: 'Twilio Verify',
      credentials: 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
      address: 'TWILIO_VERIFY_URL',
      now: this.context.clock.now(),
      judge,
    });
  }
}
