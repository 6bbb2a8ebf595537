import { Injectable } from '@nestjs/common';
import { Budgets } from '../../rate-limit/budgets.js';
import type { Asked } from './place.js';
import { SendClaims } from './send-claims.js';

/** Registrations that their own session takes back, because the number was mistyped. */
@Injectable()
export class Corrections {
  constructor(
    private readonly budgets: Budgets,
    private readonly sends: SendClaims,
  ) {}

  /**
   * Gives the places of the challenge's messages in its block of numbers back, so that people are
   * not in their own way. Money and the network keep counting. A block gets back only so many a
   * day, because an attacker can correct numbers too. The caller that undid the challenge calls
   * this once.
   */
  async giveBack(challenge: Asked | null): Promise<void> {
    if (challenge?.purpose !== 'register') return;
    const claims = this.sends.ofBlocks(challenge);
    if (claims.length === 0) return;
    const { refusal } = await this.budgets.take([this.sends.correction(challenge)]);
    if (!refusal) await this.budgets.giveBack(claims);
  }
}
