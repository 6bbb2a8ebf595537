import { localeOf } from '../../common/locale.js';
import type { MessageTemplates } from '../../config/message-templates.js';
import { isSameInConstantTime } from '../../common/constant-time.js';
import { messageText, type MessageContent } from '../../messaging/texts/message-text.js';
import { addressesFor } from '../../messaging/receipts/receipt-url.js';
import type { Probe, SendResult, SmsSender } from '../../messaging/vendors/sms-sender.js';
import type { Channel } from '../challenge.entity.js';
import {
  VerificationProvider,
  type CheckResult,
  type ProviderChallenge,
  type Sending,
} from './verification-provider.js';
import { codeOf, type CodeKeys } from './code.js';

export interface SelfOptions {
  keys: CodeKeys;
  sender: SmsSender;
  /** Origin that texts bind their code to, and where receipts are taken. */
  publicUrl: string;
  templates?: MessageTemplates;
}

/**
 * Ringback makes and checks the code itself and hands a text to a sender. Only the nonce is stored,
 * so a resend carries the same code.
 */
export class SelfProvider extends VerificationProvider {
  readonly name: string;
  readonly codeBelongsTo = 'challenge';
  readonly channels: readonly Channel[];
  readonly sender: SmsSender;

  constructor(private readonly options: SelfOptions) {
    super();
    this.name = `self:${options.sender.name}`;
    this.channels = options.sender.channels;
    this.sender = options.sender;
  }

  async start({
    phoneNumber,
    channel,
    nonce,
    locale,
    ttl,
    messageReference,
  }: Sending): Promise<SendResult> {
    const { sender } = this;
    const { keys, publicUrl } = this.options;
    const code = codeOf(keys, nonce, phoneNumber);
    if (code === undefined) return { outcome: 'unavailable' };
    const written = this.write({
      code,
      channel,
      locale,
      minutes: Math.max(1, Math.round(ttl / 60)),
    });
    const message = { ...written, reference: messageReference, channel };
    const addresses = addressesFor(sender, publicUrl, message);
    return sender.send({ ...message, to: phoneNumber, code, ttl, ...addresses });
  }

  private write({
    locale: tag,
    ...content
  }: Pick<MessageContent, 'code' | 'channel' | 'minutes'> & { locale: string }) {
    const { publicUrl, templates = {} } = this.options;
    const locale = localeOf(tag);
    const host = new URL(publicUrl).hostname;
    return messageText({ ...content, host, locale, template: templates[locale] });
  }

  override script({ phoneNumber, nonce }: ProviderChallenge, locale: string): string | null {
    const code = codeOf(this.options.keys, nonce, phoneNumber);
    if (code === undefined || !this.sender.script) return null;
    return this.sender.script({
      code,
      ...this.write({ code, channel: 'call', locale, minutes: 1 }),
    });
  }

  override async confirmed(id: string): Promise<void> {
    await this.sender.confirmed?.(id);
  }

  override probe(): Promise<Probe> {
    return (
      this.sender.probe?.() ??
      Promise.resolve({ isGood: true, sentence: 'Messages stay in memory.' })
    );
  }

  check({ phoneNumber, nonce }: ProviderChallenge, code: string): Promise<CheckResult> {
    const right = codeOf(this.options.keys, nonce, phoneNumber);
    if (right === undefined) return Promise.resolve({ outcome: 'gone' });
    return Promise.resolve({ outcome: isSameInConstantTime(right, code) ? 'right' : 'wrong' });
  }

  override isCodeOf({ phoneNumber, nonce }: ProviderChallenge, code: string): boolean {
    const right = codeOf(this.options.keys, nonce, phoneNumber);
    return right !== undefined && isSameInConstantTime(right, code);
  }
}
