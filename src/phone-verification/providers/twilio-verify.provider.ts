import { CHANNELS } from '../../common/channel.js';
import { after, minutes } from '../../common/clock.js';
import type { Exchange } from '../../common/net/bounded-fetch.js';
import type { CodeLength } from '../../common/text/typed-code.js';
import type { GatewayContext } from '../../messaging/vendors/gateway-sender.js';
import type { Probe, SendResult } from '../../messaging/vendors/sms-sender.js';
import { verifyLocaleOf } from '../../messaging/vendors/twilio-verify/twilio-verify.locale.js';
import {
  badCredentials,
  judgeService,
  meaningOfRefusal,
  readReply,
  serviceIn,
  sidOf,
  type Verification,
  type VerifyReply,
} from '../../messaging/vendors/twilio-verify/twilio-verify.reply.js';
import type { TwilioVerifySettings } from '../../messaging/vendors/twilio-verify/twilio-verify.vendor.js';
import { VerifyService } from '../../messaging/vendors/twilio-verify/verify-service.js';
import {
  VerificationProvider,
  type CheckResult,
  type ProviderChallenge,
  type Sending,
} from './verification-provider.js';

type Outcome = CheckResult['outcome'];

/** What Verify services can be set up for (docs, `code_length`). */
const ANY_LENGTH: CodeLength = { least: 4, most: 10 };
const LENGTH_KNOWN = minutes(10);

/**
 * There is no such verification, or no code is compared with it any more (60202): a new one helps.
 */
const GONE: readonly unknown[] = [20404, 60202];

/** States of a verification that takes no more codes. */
const ENDED = ['canceled', 'deleted', 'expired', 'failed', 'max_attempts_reached'];

/**
 * Twilio Verify v2. It makes the codes; a number has one verification at a time, for 10 minutes.
 */
export class TwilioVerifyProvider extends VerificationProvider {
  readonly name = 'twilio-verify';
  readonly codeBelongsTo = 'number';
  readonly channels = CHANNELS;
  /** As many as the Verify service is set up for. */
  override codeLength: CodeLength = ANY_LENGTH;
  private lengthKnownUntil = 0;
  private readonly service: VerifyService;

  constructor(
    settings: TwilioVerifySettings,
    private readonly context: GatewayContext,
  ) {
    super();
    this.service = new VerifyService(settings, context);
  }

  /** Asks for a code. Never repeated here: a second request costs a second message. */
  start({ phoneNumber, channel, locale }: Sending): Promise<SendResult> {
    const form = { To: phoneNumber, Channel: channel, Locale: verifyLocaleOf(locale) };
    return this.service.start(form);
  }

  /**
   * Has a code compared. `right` needs the one unmistakable answer; whatever is odd is `unknown`.
   */
  async check(
    { phoneNumber, providerReference }: ProviderChallenge,
    code: string,
  ): Promise<CheckResult> {
    const sid = sidOf(providerReference);
    const whose = sid === undefined ? { To: phoneNumber } : { VerificationSid: sid };
    const exchange = await this.service.askAloud('/VerificationCheck', { ...whose, Code: code });
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
    const now = this.context.clock.now();
    if (now.getTime() < this.lengthKnownUntil) return this.codeLength;
    const digits = lengthIn(await this.service.askAloud(''));
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
      await this.service.askAloud(`/Verifications/${sid}`, { Status: 'canceled' });
  }

  override probe(): Promise<Probe> {
    return this.service.probe((answer) => judgeService(answer, this.service.sid));
  }

  private refusedCheck(reply: VerifyReply): Outcome {
    // A verification that is over is answered like a service that never was; the next start will
    // tell them apart.
    if (GONE.includes(reply.errorCode)) return 'gone';
    const meaning = meaningOfRefusal(reply);
    if (meaning.alarm) this.context.log?.(meaning.alarm);
    const isUnread = meaning === badCredentials || meaning.result.outcome === 'throttled';
    return isUnread ? 'not_compared' : 'unknown';
  }
}

function lengthIn(exchange: Exchange): number | undefined {
  return exchange.outcome === 'answered' ? serviceIn(exchange)?.code_length : undefined;
}

/**
 * What a check says of the code, when it speaks of our verification. `status` and `valid` must
 * agree.
 */
function verdictOf({ status, valid }: Verification): Outcome {
  if (status === 'approved') return valid === true ? 'right' : 'unknown';
  if (valid === true) return 'unknown';
  if (status === 'pending') return 'wrong';
  return ENDED.includes(status) ? 'gone' : 'unknown';
}
