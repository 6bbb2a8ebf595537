import { CHANNELS } from '../../common/channel.js';
import { after, minutes, type Clock } from '../../common/clock.js';
import type { CodeLength } from '../../common/text/typed-code.js';
import { probeOf } from '../../messaging/vendors/gateway-probe.js';
import {
  VerificationProvider,
  type CheckResult,
  type Probe,
  type ProviderChallenge,
  type Sending,
  type StartResult,
} from './verification-provider.js';
import type { Exchange } from '../../messaging/vendors/bounded-fetch.js';
import type {
  TwilioAccount,
  VerifyService,
} from '../../messaging/vendors/twilio-verify/twilio-verify.client.js';
import { loadTwilio } from '../../messaging/vendors/twilio-verify/twilio-verify.loader.js';
import { meaningOf } from '../../messaging/vendors/twilio-verify/twilio-verify.errors.js';
import { verifyLocaleOf } from '../../messaging/vendors/twilio-verify/twilio-verify.locale.js';
import {
  codeLengthIn,
  judgeService,
} from '../../messaging/vendors/twilio-verify/twilio-verify.probe.js';
import {
  readReply,
  sidOf,
  verdictOf,
  type TwilioReply,
} from '../../messaging/vendors/twilio-verify/twilio-verify.reply.js';

export interface TwilioVerifyOptions extends Pick<
  TwilioAccount,
  'accountSid' | 'authToken' | 'serviceSid'
> {
  /** Where the API lives; `https://verify.twilio.com` unless told. */
  url?: string;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
  clock: Clock;
}

/** What Verify services can be set up for (docs, `code_length`). */
const ANY_LENGTH: CodeLength = { least: 4, most: 10 };
const LENGTH_KNOWN = minutes(10);

type Operation = (service: VerifyService) => Promise<unknown>;

/** Twilio's client looks at the ids before it sends anything. */
const NO_REQUEST =
  "Twilio's client makes no request with our settings: check TWILIO_ACCOUNT_SID (AC…), TWILIO_AUTH_TOKEN and " +
  'TWILIO_VERIFY_SERVICE_SID (VA…).';

/**
 * Twilio Verify v2, by Twilio's own client. It makes the codes; a number has one verification at a
 * time, for 10 minutes.
 */
export class TwilioVerifyProvider extends VerificationProvider {
  readonly name = 'twilio-verify';
  readonly codeBelongsTo = 'number';
  readonly channels = CHANNELS;
  /** As many as the Verify service is set up for. */
  override codeLength: CodeLength = ANY_LENGTH;
  private lengthKnownUntil = 0;
  private readonly account: TwilioAccount;

  constructor(private readonly options: TwilioVerifyOptions) {
    super();
    const {
      accountSid,
      authToken,
      serviceSid,
      url = 'https://verify.twilio.com',
      timeout = 5000,
    } = options;
    this.account = { accountSid, authToken, serviceSid, url, timeout };
  }

  /** Asks for a code. Never repeated here: a second request costs a second message. */
  async start({ phoneNumber, channel, locale }: Sending): Promise<StartResult> {
    const exchange = await this.ask((service) =>
      service.verifications.create({ to: phoneNumber, channel, locale: verifyLocaleOf(locale) }),
    );
    if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const reply = readReply(exchange);
    if (reply.isRefusal) return this.refusedStart(reply);
    const { status, verification } = reply;
    const isSent =
      status === 201 && verification?.status === 'pending' && verification.valid !== true;
    return isSent ? { outcome: 'sent', reference: verification.sid } : { outcome: 'unknown' };
  }

  /**
   * Has a code compared. `right` needs the one unmistakable answer; whatever is odd is `unknown`.
   */
  async check(
    { phoneNumber, providerReference }: ProviderChallenge,
    code: string,
  ): Promise<CheckResult> {
    const sid = sidOf(providerReference);
    const whose = sid === undefined ? { to: phoneNumber } : { verificationSid: sid };
    const exchange = await this.ask((service) =>
      service.verificationChecks.create({ ...whose, code }),
    );
    if (exchange.outcome === 'not_sent') return { outcome: 'not_compared' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const reply = readReply(exchange);
    if (reply.isRefusal) return { outcome: this.refusedCheck(reply) };
    const { status, verification } = reply;
    const isOurs = sid === undefined ? verification?.to === phoneNumber : verification?.sid === sid;
    return {
      outcome: status === 200 && verification && isOurs ? verdictOf(verification) : 'unknown',
    };
  }

  /**
   * Asks for the Verify service, at most once in ten minutes: a verification does not tell. What is
   * not known is open.
   */
  override async learnCodeLength(): Promise<CodeLength> {
    const now = this.options.clock.now();
    if (now.getTime() < this.lengthKnownUntil) return this.codeLength;
    const exchange = await this.ask((service) => service.fetch());
    const digits = exchange.outcome === 'answered' ? codeLengthIn(exchange) : undefined;
    this.codeLength = digits === undefined ? ANY_LENGTH : { least: digits, most: digits };
    if (digits !== undefined) this.lengthKnownUntil = after(now, LENGTH_KNOWN).getTime();
    return this.codeLength;
  }

  /**
   * Ends a verification that Twilio knows by its id. What comes of it changes nothing, so nobody
   * hears.
   */
  override async cancel({ providerReference }: ProviderChallenge): Promise<void> {
    const sid = sidOf(providerReference);
    if (sid !== undefined)
      await this.ask((service) => service.verifications(sid).update({ status: 'canceled' }));
  }

  override async warm(): Promise<void> {
    await loadTwilio();
  }

  /**
   * Looks at our Verify service: credentials, its id, the length of its codes, the clock. Sends
   * nothing.
   */
  override async probe(): Promise<Probe> {
    const { serviceSid } = this.account;
    try {
      return probeOf(await this.request((service) => service.fetch()), {
        name: 'Twilio Verify',
        credentials: 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
        address: 'TWILIO_VERIFY_URL',
        now: this.options.clock.now(),
        judge: (answer) => judgeService(answer, serviceSid),
      });
    } catch {
      return { isGood: false, sentence: NO_REQUEST };
    }
  }

  private async ask(operation: Operation): Promise<Exchange> {
    try {
      return await this.request(operation);
    } catch {
      this.options.log?.(NO_REQUEST);
      return { outcome: 'not_sent' };
    }
  }

  private async request(operation: Operation): Promise<Exchange> {
    const { askTwilio } = await loadTwilio();
    return askTwilio(this.account, operation);
  }

  private refusedStart(reply: TwilioReply): StartResult {
    const { start, alarm } = meaningOf(reply);
    if (alarm) this.options.log?.(alarm);
    return start.outcome === 'throttled'
      ? { ...start, retryAfter: reply.retryAfter ?? start.retryAfter }
      : start;
  }

  private refusedCheck(reply: TwilioReply): CheckResult['outcome'] {
    const { check, alarm } = meaningOf(reply);
    // A verification that is over is answered like a service that never was; the next start will
    // tell them apart.
    if (alarm && check !== 'gone') this.options.log?.(alarm);
    return check;
  }
}
