import { CHANNELS } from '../../../common/channel.js';
import type { Exchange } from '../bounded-fetch.js';
import type { TwilioAccount, VerifyService } from './twilio-verify.client.js';
import { loadTwilio } from './twilio-verify.loader.js';
import { meaningOf } from './twilio-verify.errors.js';
import { verifyLocaleOf } from './twilio-verify.locale.js';
import type { TwilioVerifyOptions } from '../../../phone-verification/providers/twilio-verify.provider.js';
import { readReply, sidOf, type TwilioReply } from './twilio-verify.reply.js';
import { probeOf } from '../gateway-probe.js';
import { unavailable, type Meaning } from '../gateway-meaning.js';
import { SmsSender, type Message, type Probe, type SendResult } from '../sms-sender.js';
import { judgeCustomCodes, NO_CUSTOM_CODES } from './account.probe.js';

type Operation = (service: VerifyService) => Promise<unknown>;

/** Twilio's client looks at the ids before it sends anything. */
const NO_REQUEST =
  "Twilio's client makes no request with our settings: check TWILIO_ACCOUNT_SID (AC…), TWILIO_AUTH_TOKEN and " +
  'TWILIO_VERIFY_SERVICE_SID (VA…).';

/** "Custom code not allowed" (twilio.com/docs/api/errors/60204). */
const CUSTOM_CODE_NOT_ALLOWED = 60204;

/**
 * Codes made here, carried by Twilio Verify as its `CustomCode`: the words are Twilio's, the code
 * is ours, so it works whoever carries it next. Twilio wants to hear which codes were typed in; a
 * service has to allow such codes first.
 */
export class TwilioVerifySender extends SmsSender {
  readonly name = 'twilio-verify';
  readonly channels = CHANNELS;
  override readonly carriesText = false;
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

  /** Hands the code over, once: a second request costs a second message. */
  async send({ to, channel, code, locale }: Message): Promise<SendResult> {
    const exchange = await this.ask((service) =>
      service.verifications.create({
        to,
        channel,
        customCode: code,
        locale: verifyLocaleOf(locale),
      }),
    );
    if (exchange === undefined) this.options.log?.(NO_REQUEST);
    if (exchange === undefined || exchange.outcome === 'not_sent')
      return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const { result, alarm } = meaningOfSend(readReply(exchange));
    if (alarm !== undefined) this.options.log?.(alarm);
    return result;
  }

  /**
   * Tells Twilio that the code of this verification (`VE…`) was typed in. What comes of it changes
   * nothing, so nobody hears.
   */
  override async confirmed(id: string): Promise<void> {
    const sid = sidOf(id);
    if (sid !== undefined)
      await this.ask((service) => service.verifications(sid).update({ status: 'approved' }));
  }

  override async warm(): Promise<void> {
    await loadTwilio();
  }

  /**
   * Looks at our Verify service: credentials, its id, whether it takes our codes, the clock. Sends
   * nothing.
   */
  override async probe(): Promise<Probe> {
    const exchange = await this.ask((service) => service.fetch());
    if (exchange === undefined) return { isGood: false, sentence: NO_REQUEST };
    return probeOf(exchange, {
      name: 'Twilio Verify',
      credentials: 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
      address: 'TWILIO_VERIFY_URL',
      now: this.options.clock.now(),
      judge: (answer) => judgeCustomCodes(answer, this.account.serviceSid),
    });
  }

  // Undefined when Twilio's client makes no request.
  private async ask(operation: Operation): Promise<Exchange | undefined> {
    try {
      const { askTwilio } = await loadTwilio();
      return await askTwilio(this.account, operation);
    } catch {
      return undefined;
    }
  }
}

/** Sent is what got a 201 and a whole verification that waits for its code. */
function meaningOfSend(reply: TwilioReply): Meaning {
  const { status, isRefusal, errorCode, verification, retryAfter } = reply;
  if (errorCode === CUSTOM_CODE_NOT_ALLOWED) return unavailable(NO_CUSTOM_CODES);
  if (isRefusal) {
    const { start, alarm } = meaningOf(reply);
    return {
      result:
        start.outcome === 'throttled'
          ? { ...start, retryAfter: retryAfter ?? start.retryAfter }
          : start,
      alarm,
    };
  }
  const isSent =
    status === 201 && verification?.status === 'pending' && verification.valid !== true;
  return {
    result: isSent ? { outcome: 'sent', reference: verification.sid } : { outcome: 'unknown' },
  };
}
