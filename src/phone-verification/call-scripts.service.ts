import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { Clock } from '../common/clock.js';
import { ChallengesRepository } from './challenges.repository.js';
import type { ReceiptRequest } from '../messaging/receipts/receipt.js';
import { SentMessagesRepository } from '../messaging/sent-messages.repository.js';
import { Senders } from '../messaging/senders.js';
import { VerificationProviders } from './providers/verification-providers.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Challenge } from './challenge.entity.js';

/** Which call asks what it is to say. */
export interface AskingCall {
  sender: string;
  /** Our own name for the message. */
  reference: string;
  /** BCP 47 tag of the person's language. */
  locale: string;
}

/**
 * What calls say, for gateways that ask when somebody answers. Only then is the code told, to the
 * gateway alone and while it works; until then nothing of it has left the house.
 */
@Injectable()
export class CallScripts {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly senders: Senders,
    private readonly providers: VerificationProviders,
    private readonly messages: SentMessagesRepository,
    private readonly challenges: ChallengesRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The script in the gateway's own words. Throws `forbidden` for what the gateway has not signed,
   * `not_found` for what is no call of this sender's, or one whose code works no more.
   */
  async scriptOf(
    { sender, reference, locale }: AskingCall,
    request: Omit<ReceiptRequest, 'now'>,
  ): Promise<string> {
    const now = this.clock.now();
    const name = `self:${sender}`;
    const carrier = this.senders.named(name);
    if (!carrier?.sender.isAsking?.({ ...request, now })) throw new AppError('forbidden');

    const challenge = await this.challengeOf(reference, name);
    const script = challenge && this.providers.named(name)?.script?.(challenge, locale);
    if (!script) throw new AppError('not_found');
    return script;
  }

  private challengeOf(reference: string, provider: string): Promise<Challenge | null> {
    return this.unit.read(async (manager) => {
      const call = { reference, provider, channel: 'call' } as const;
      const message = await manager.withRepository(this.messages).findOneBy(call);
      const id = message?.challengeId ?? null;
      return id === null
        ? null
        : manager.withRepository(this.challenges).findLive(id, this.clock.now());
    });
  }
}
