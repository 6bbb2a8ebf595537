import { days, seconds } from '../../common/clock.js';
import { localeOf } from '../../common/locale.js';
import type { MessageTemplates } from '../../config/message-templates.js';
import { isSameInConstantTime } from '../../messaging/vendors/constant-time.js';
import { messageText, type MessageContent } from '../../messaging/texts/message-text.js';
import { noticeText } from '../../notices/notice-text.js';
import { receiptUrl, scriptUrl } from '../../messaging/vendors/receipt-url.js';
import type { Receipt, ReceiptRequest } from '../../messaging/receipts/receipt.js';
import type { Message, Probe, SendResult, SmsSender } from '../../messaging/vendors/sms-sender.js';
import type { Channel } from '../challenge.entity.js';
import {
  VerificationProvider,
  type CheckResult,
  type NoticeSending,
  type ProviderChallenge,
  type Sending,
  type StartResult,
} from './verification-provider.js';
import { codeOf, type CodeKeys } from './code.js';

export interface SelfOptions {
  keys: CodeKeys;
  sender: SmsSender;
  /** Origin that texts bind their code to, and where receipts are taken. */
  publicUrl: string;
  templates?: MessageTemplates;
}

/** A notice that comes later than a day is no help any more. */
const NOTICE_LIFE = days(1) / seconds(1);

/**
 * Ringback makes and checks the code itself and hands a text to a sender. Only the nonce is stored,
 * so a resend carries the same code.
 */
export class SelfProvider extends VerificationProvider {
  readonly name: string;
  readonly codeBelongsTo = 'challenge';
  readonly channels: readonly Channel[];
  /** Only where the sender brings our own words. */
  override readonly notify?: (notice: NoticeSending) => Promise<StartResult>;

  constructor(private readonly options: SelfOptions) {
    super();
    this.name = `self:${options.sender.name}`;
    this.channels = options.sender.channels;
    if (options.sender.carriesText) this.notify = (notice) => this.sendNotice(notice);
  }

  async start({
    phoneNumber,
    channel,
    nonce,
    locale,
    ttl,
    messageReference,
  }: Sending): Promise<StartResult> {
    const { keys, sender, publicUrl } = this.options;
    const code = codeOf(keys, nonce, phoneNumber);
    if (code === undefined) return { outcome: 'unavailable' };
    const written = this.write({
      code,
      channel,
      locale,
      minutes: Math.max(1, Math.round(ttl / 60)),
    });
    const names = this.namesOf(messageReference);
    const isAsked = sender.script !== undefined && channel === 'call';
    const asked = isAsked && {
      scriptUrl: scriptUrl(publicUrl, sender.name, { ...written, ...names }),
    };
    return sender.send({ to: phoneNumber, channel, code, ...written, ttl, ...names, ...asked });
  }

  private write({
    locale: tag,
    ...content
  }: Pick<MessageContent, 'code' | 'channel' | 'minutes'> & { locale: string }) {
    const { templates = {} } = this.options;
    const locale = localeOf(tag);
    return messageText({ ...content, host: this.host, locale, template: templates[locale] });
  }

  override isAsking(request: ReceiptRequest): boolean {
    return this.options.sender.isAsking?.(request) ?? false;
  }

  override script({ phoneNumber, nonce }: ProviderChallenge, locale: string): string | null {
    const { keys, sender } = this.options;
    const code = codeOf(keys, nonce, phoneNumber);
    if (code === undefined || !sender.script) return null;
    return sender.script({ code, ...this.write({ code, channel: 'call', locale, minutes: 1 }) });
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
    return (
      this.options.sender.probe?.() ??
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

  private sendNotice({
    phoneNumber,
    kind,
    locale,
    messageReference,
  }: NoticeSending): Promise<SendResult> {
    const text = noticeText({ kind, locale, host: this.host });
    const to = { to: phoneNumber, ...this.namesOf(messageReference) };
    return this.options.sender.send({
      ...to,
      channel: 'sms',
      code: '',
      text,
      locale,
      ttl: NOTICE_LIFE,
    });
  }

  private namesOf(reference: string): Pick<Message, 'reference' | 'callbackUrl'> {
    const { sender, publicUrl } = this.options;
    return {
      reference,
      callbackUrl: sender.receipts && receiptUrl(publicUrl, sender.name, reference),
    };
  }

  private get host(): string {
    return new URL(this.options.publicUrl).hostname;
  }
}
