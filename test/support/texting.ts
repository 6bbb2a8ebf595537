import { SelfProvider } from '../../src/phone-verification/providers/self.provider.js';
import {
  SmsSender,
  type Message,
  type SendResult,
} from '../../src/messaging/vendors/sms-sender.js';
import { KEYS, PUBLIC_URL } from './start-app.js';

/** A sender that carries any text: codes always, notices as the test says. */
export class Texting extends SmsSender {
  readonly channels = ['sms'] as const;
  readonly messages: Message[] = [];
  onNotice: () => Promise<SendResult> = sent;
  readonly provider = new SelfProvider({ keys: KEYS, publicUrl: PUBLIC_URL, sender: this });

  constructor(readonly name: string) {
    super();
  }

  send(message: Message): Promise<SendResult> {
    this.messages.push(message);
    return message.code === '' ? this.onNotice() : sent();
  }

  notices(): Message[] {
    return this.messages.filter(({ code }) => code === '');
  }

  recover(): void {
    this.messages.length = 0;
    this.onNotice = sent;
  }
}

const sent = (): Promise<SendResult> => Promise.resolve({ outcome: 'sent' });
