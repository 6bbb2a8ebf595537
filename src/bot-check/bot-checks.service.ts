import { Injectable, Logger } from '@nestjs/common';
import { AccountEvents } from '../common/account-events.js';
import { AppError } from '../common/errors/app-error.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { after, Clock, minutes } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { Budgets, type Claim } from '../rate-limit/budgets.js';
import { atMost } from '../rate-limit/rules.js';
import { BotCheck, PUZZLE_LIFE, type BotTask, type Verdict } from './bot-check.js';
import { FreeRegistrations } from './free-registrations.js';
import { parseAnswer } from './proof-of-work.answer.js';
import { ProofOfWork } from './proof-of-work.check.js';

/** A registration that wants to begin. */
export interface Applicant {
  /** What the client brought of its task. */
  answer: string;
  /** E.164. */
  phoneNumber: string;
  client: ClientInfo;
}

/** An answer that was taken; to be given back when the registration fails before its message. */
export type Pass = Claim | null;

/** Who was let through. */
export interface Admission {
  pass: Pass;
  /** No check was asked for, and it is counted among those that go without. */
  isUnchecked: boolean;
}

type Refused = 'missing' | 'wrong' | 'used' | 'unavailable';

// Counted for longer than an answer can count.
const onceEach = atMost(1, PUZZLE_LIFE, 'bot-check', { always: true });
/** One answer is good for that many tries at a free username. */
const triesEach = atMost(10, PUZZLE_LIFE, 'bot-check-tries', { always: true });
/** The proof of work stands in that long for a service that said nothing clear. */
const STAND_IN = minutes(1);

/** Asks for a bot check before the first message of a registration: always, by risk, or never. */
@Injectable()
export class BotChecks {
  private readonly log = new Logger(BotChecks.name);
  private unavailableUntil = new Date(0);

  constructor(
    private readonly check: BotCheck,
    private readonly proofOfWork: ProofOfWork,
    private readonly free: FreeRegistrations,
    private readonly budgets: Budgets,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * Whether this client's next registration needs an answer, as far as can be told before there is
   * a number.
   */
  async isNeededBy({ address }: ClientInfo): Promise<boolean> {
    const { when } = this.settings.botCheck;
    return when === 'always' || (when === 'risk' && !(await this.free.has(address)));
  }

  /** What is to be done; null when nothing ever is. */
  async newTask(): Promise<BotTask | null> {
    if (this.settings.botCheck.when === 'never') return null;
    return (this.clock.now() < this.unavailableUntil ? this.proofOfWork : this.check).newTask();
  }

  /**
   * Lets an applicant through who need not answer or has answered rightly. Knows nothing of
   * accounts, so that a refusal tells nothing of them. Throws `validation_failed` at `bot_check`,
   * `bot_check_unavailable`.
   */
  async admit(applicant: Applicant): Promise<Admission> {
    const { when } = this.settings.botCheck;
    if (when === 'never') return { pass: null, isUnchecked: false };
    const limit =
      when === 'risk'
        ? await this.free.take(applicant.phoneNumber, applicant.client.address)
        : 'always';
    if (limit === null) return { pass: null, isUnchecked: true };
    return { pass: await this.checked(applicant, limit), isUnchecked: false };
  }

  /** The registration failed before its message: the same answer counts again. */
  async giveBack(pass: Pass): Promise<void> {
    if (pass) await this.budgets.giveBack([pass]);
  }

  private async checked(applicant: Applicant, limit: string): Promise<Pass> {
    if (applicant.answer === '') return this.refuse(applicant, 'missing', { limit });
    const verdict = await this.judge(applicant.answer);
    if (verdict.outcome === 'unavailable') return this.standIn(applicant);
    if (verdict.outcome === 'refused') return this.refuse(applicant, 'wrong');
    const pass = { rule: onceEach, subject: verdict.once };
    const { refusal } = await this.budgets.take([pass, { rule: triesEach, subject: verdict.once }]);
    return refusal ? this.refuse(applicant, 'used') : pass;
  }

  // Puzzles are handed out only while they are the check or stand in for it, so a solved one counts
  // whenever it comes.
  private judge(answer: string): Promise<Verdict> {
    return (parseAnswer(answer) ? this.proofOfWork : this.check).verify(answer);
  }

  private standIn(applicant: Applicant): Pass {
    this.unavailableUntil = after(this.clock.now(), STAND_IN);
    this.log.error(
      `${this.settings.botCheck.name} did not say whether a token is good; the proof of work stands in for it.`,
    );
    return this.refuse(applicant, 'unavailable');
  }

  private refuse({ client }: Applicant, reason: Refused, why: { limit?: string } = {}): null {
    const held = this.settings.abuseLimits === 'enforce';
    this.events.emit({
      name: 'bot-check.refused',
      userId: null,
      client,
      details: { reason, ...why, held },
    });
    if (held) throw errorOf(reason);
    return null;
  }
}

function errorOf(reason: Refused): AppError {
  if (reason === 'unavailable') return new AppError('bot_check_unavailable');
  return AppError.invalid(
    reason === 'missing'
      ? {
          field: 'bot_check',
          code: 'required',
          detail:
            'Before we send a message we check that no robot asks for it. Please do the check, then register.',
        }
      : {
          field: 'bot_check',
          code: 'invalid',
          detail:
            'The check against robots did not count: it was wrong, too old or already used. Please do it once more.',
        },
  );
}
