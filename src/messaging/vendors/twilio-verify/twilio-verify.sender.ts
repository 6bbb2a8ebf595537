import { CHANNELS } from '../../../common/channel.js';
import type { GatewayContext } from '../gateway-sender.js';
import { SmsSender, type Message, type Probe, type SendResult } from '../sms-sender.js';
import { verifyLocaleOf } from './twilio-verify.locale.js';
import { judgeCustomCodes, sidOf } from './twilio-verify.reply.js';
import type { TwilioVerifySettings } from './twilio-verify.vendor.js';
import { VerifyService } from './verify-service.js';

/**
 * Codes made here, carried by Twilio Verify as its `CustomCode`: the words are Twilio's, the code
 * is ours, so it works whoever carries it next. Twilio wants to hear which codes were typed in; a
 * service has to allow such codes first.
 */
export class TwilioVerifySender extends SmsSender {
  readonly name = 'twilio-verify';
  readonly channels = CHANNELS;
  override readonly carriesText = false;
  private readonly service: VerifyService;

  constructor(settings: TwilioVerifySettings, context: GatewayContext) {
    super();
    this.service = new VerifyService(settings, context);
  }

  /** Hands the code over, once: a second request costs a second message. */
  send({ to, channel, code, locale }: Message): Promise<SendResult> {
    return this.service.start({
      To: to,
      Channel: channel,
      CustomCode: code,
      Locale: verifyLocaleOf(locale),
    });
  }

  /**
   * Tells Twilio that the code of this verification (`VE…`) was typed in. What comes of it changes
   * nothing, so nobody hears.
   */
  override async confirmed(id: string): Promise<void> {
    const sid = sidOf(id);
    if (sid !== undefined) await this.service.ask(`/Verifications/${sid}`, { Status: 'approved' });
  }

  override probe(): Promise<Probe> {
    return this.service.probe((answer) => judgeCustomCodes(answer, this.service.sid));
  }
}
