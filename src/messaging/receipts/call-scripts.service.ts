import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors/app-error.js';
import { Clock } from '../../common/clock.js';
import { ChallengesRepository } from '../../phone-verification/challenges.repository.js';
import type { ReceiptRequest } from './receipt.js';
import { SentMessagesRepository } from '../sent-messages.repository.js';
import { VerificationProviders } from '../../phone-verification/providers/verification-providers.js';

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
    const provider = this.providers.named(`self:${sender}`);
    if (!provider?.isAsking?.({ ...request, now })) throw new AppError('forbidden');

    const message = await this.messages.find(reference);
    const isCall = message?.channel === 'call' && message.provider === provider.name;
    const id = isCall ? message.challengeId : null;
    const challenge = id === null ? null : await this.challenges.findLive(id, now);
    const script = challenge && provider.script?.(challenge, locale);
    if (!script) throw new AppError('not_found');
    return script;
  }
}
