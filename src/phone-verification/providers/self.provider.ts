import { timingSafeEqual } from 'node:crypto';
import { localeOf } from '../../common/locale.js';
import type { MessageTemplates } from '../../config/message-templates.js';
import { messageText } from '../sms/message-text.js';
import type { SmsSender } from '../sms/sms-sender.js';
import type { Channel } from '../challenge.entity.js';
import {
  VerificationProvider,
  type CheckResult,
  type ProviderChallenge,
  type Sending,
  type StartResult,
} from '../verification-provider.js';
import { codeOf, type CodeKeys } from './code.js';

/**
 * Ringback makes and checks the code itself and hands a text to a sender. Only the nonce is stored, so a resend carries the same
 * code.
 */
export class SelfProvider extends VerificationProvider {
  readonly name = 'self';
  readonly codeBelongsTo = 'challenge';
  readonly channels: readonly Channel[];

  constructor(
    private readonly keys: CodeKeys,
    private readonly sender: SmsSender,
    private readonly host: string,
    private readonly templates: MessageTemplates = {},
  ) {
    super();
    this.channels = sender.channels;
  }

  async start({ phoneNumber, channel, nonce, locale, ttl, messageReference }: Sending): Promise<StartResult> {
    const code = codeOf(this.keys, nonce, phoneNumber);
    if (code === undefined) return { outcome: 'unavailable' };
    const language = localeOf(locale);
    const minutes = Math.max(1, Math.round(ttl / 60));
    const template = this.templates[language];
    const written = messageText({ code, channel, host: this.host, locale: language, minutes, template });
    return this.sender.send({ to: phoneNumber, channel, code, ...written, ttl, reference: messageReference });
  }

  check({ phoneNumber, nonce }: ProviderChallenge, code: string): Promise<CheckResult> {
    const right = codeOf(this.keys, nonce, phoneNumber);
    if (right === undefined) return Promise.resolve({ outcome: 'gone' });
    return Promise.resolve({ outcome: isSame(right, code) ? 'right' : 'wrong' });
  }
}

function isSame(right: string, typed: string): boolean {
  const [a, b] = [Buffer.from(right), Buffer.from(typed)];
  return a.length === b.length && timingSafeEqual(a, b);
}
