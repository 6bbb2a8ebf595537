import { localeOf } from '../../common/locale.js';
import type { MessageTemplates } from '../../config/message-templates.js';
import { isSameInConstantTime } from '../sms/constant-time.js';
import { messageText } from '../sms/message-text.js';
import { receiptUrl } from '../sms/receipt-url.js';
import type { Receipt, ReceiptRequest } from '../receipt.js';
import type { Probe, SmsSender } from '../sms/sms-sender.js';
import type { Channel } from '../challenge.entity.js';
import {
  VerificationProvider,
  type CheckResult,
  type ProviderChallenge,
  type Sending,
  type StartResult,
} from '../verification-provider.js';
import { codeOf, type CodeKeys } from './code.js';

export interface SelfOptions {
  keys: CodeKeys;
  sender: SmsSender;
  /** Origin that texts bind their code to, and where receipts are taken. */
  publicUrl: string;
  templates?: MessageTemplates;
}

/**
 * Ringback makes and checks the code itself and hands a text to a sender. Only the nonce is stored, so a resend carries the same
 * code.
 */
export class SelfProvider extends VerificationProvider {
  readonly name: string;
  readonly codeBelongsTo = 'challenge';
  readonly channels: readonly Channel[];

  constructor(private readonly options: SelfOptions) {
    super();
    this.name = `self:${options.sender.name}`;
    this.channels = options.sender.channels;
  }

  async start({ phoneNumber, channel, nonce, locale, ttl, messageReference }: Sending): Promise<StartResult> {
    const { keys, sender, publicUrl, templates = {} } = this.options;
    const code = codeOf(keys, nonce, phoneNumber);
    if (code === undefined) return { outcome: 'unavailable' };
    const language = localeOf(locale);
    const minutes = Math.max(1, Math.round(ttl / 60));
    const host = new URL(publicUrl).hostname;
    const written = messageText({ code, channel, host, locale: language, minutes, template: templates[language] });
    const callbackUrl = sender.receipts && receiptUrl(publicUrl, sender.name, messageReference);
    return sender.send({ to: phoneNumber, channel, code, ...written, ttl, reference: messageReference, callbackUrl });
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    return this.options.sender.receipts?.(request) ?? null;
  }

  override async accountReceipts(request: ReceiptRequest): Promise<Receipt[] | null | undefined> {
    return this.options.sender.accountReceipts?.(request);
  }

  override async confirmed(id: string): Promise<void> {
    await this.options.sender.confirmed?.(id);
  }

  override async warm(): Promise<void> {
    await this.options.sender.warm?.();
  }

  override probe(): Promise<Probe> {
    return this.options.sender.probe?.() ?? Promise.resolve({ isGood: true, sentence: 'Messages stay in memory.' });
  }

  check({ phoneNumber, nonce }: ProviderChallenge, code: string): Promise<CheckResult> {
    const right = codeOf(this.options.keys, nonce, phoneNumber);
    if (right === undefined) return Promise.resolve({ outcome: 'gone' });
    return Promise.resolve({ outcome: isSameInConstantTime(right, code) ? 'right' : 'wrong' });
  }
}
