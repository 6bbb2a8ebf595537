import { Injectable } from '@nestjs/common';
import { Budgets } from '../../rate-limit/budgets.js';
import type { Challenge } from '../../phone-verification/challenge.entity.js';
import { SendClaims } from './send-claims.js';

/** Registrations that their own session takes back, because the number was mistyped. */
@Injectable()
export class Corrections {
  constructor(
    private readonly budgets: Budgets,
    private readonly sends: SendClaims,
  ) {}

  /**
   * Gives the places of its messages in its block of numbers back, so that nobody is in his own
   * way; money and the network keep counting. Of one block only so many a day: an attacker corrects
   * numbers as well. To be called once, by whoever undid it.
   */
  async giveBack(challenge: Challenge | null): Promise<void> {
    if (challenge?.purpose !== 'register') return;
    const claims = this.sends.ofBlocks(challenge);
    if (claims.length === 0) return;
    const { refusal } = await this.budgets.take([this.sends.correction(challenge)]);
    if (!refusal) await this.budgets.giveBack(claims);
  }
}
