import { SmsSender, type SendResult } from './sms-sender.js';

/**
 * Carries nothing: with it, codes made here can be checked after the last of their senders has gone
 * from the settings.
 */
export class NoSender extends SmsSender {
  readonly name = 'none';
  readonly channels = [] as const;
  override readonly carriesText = false;

  send(): Promise<SendResult> {
    return Promise.resolve({ outcome: 'unavailable' });
  }
}
