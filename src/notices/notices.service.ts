import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AccountEvents, type AccountEvent } from '../common/account-events.js';
import { seconds } from '../common/clock.js';
import { describeError } from '../common/errors/error-description.js';
import { LOCALES, type Locale } from '../common/locale.js';
import { Settings } from '../config/settings.js';
import { NoticeDelivery } from './notice-delivery.service.js';
import type { NoticeKind } from './notice.js';
import { provenNumber } from '../users/user-columns.js';
import { UserNumbersService } from '../users/user-numbers.service.js';
import { UsersService } from '../users/users.service.js';
import { noticeOf } from './notice-of.js';
import { NoticeQueue } from './notice-queue.js';

/** Milliseconds a shutdown waits for notices: as long as a sender may take to answer. */
const LONGEST_WAIT = seconds(5);

/**
 * Tells a phone what happened to its account, behind the request that did it: nobody waits for it,
 * and whatever comes of it changes no answer. Only a number that its user has proven is told, and
 * only while the account is active.
 */
@Injectable()
export class NoticesService implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly log = new Logger(NoticesService.name);
  private readonly queue = new NoticeQueue((error) =>
    this.log.error({ msg: 'A notice failed.', ...describeError(error) }),
  );

  constructor(
    events: AccountEvents,
    private readonly users: UsersService,
    private readonly numbers: UserNumbersService,
    private readonly delivery: NoticeDelivery,
    private readonly settings: Settings,
  ) {
    events.listen((event, number) => this.hear(event, number));
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.settle();
  }

  /** Once more: requests that were being answered have ended only now. */
  onApplicationShutdown(): Promise<void> {
    return this.settle();
  }

  // By whoever did it unless the account has a language of its own; staff speak their own.
  private hear(event: AccountEvent, number: string | undefined): void {
    const kind = noticeOf(event);
    if (kind === undefined) return;
    const locale = event.actorId === undefined ? event.client.locale : LOCALES[0];
    this.add(() => this.tell(event.userId, kind, number, locale));
  }

  private add(job: () => Promise<void>): void {
    if (this.settings.notices && !this.queue.add(job))
      this.log.error('A notice was lost: too many wait.');
  }

  // Of a number that was changed the one before is told, of a number that is taken whoever has it.
  private async tell(
    userId: number | null,
    kind: NoticeKind,
    number: string | undefined,
    fallback: Locale,
  ): Promise<void> {
    const user =
      kind === 'number_taken'
        ? await this.numbers.findHolder(number ?? '')
        : userId === null
          ? null
          : await this.users.findById(userId);
    const phoneNumber = kind === 'number_changed' ? number : user && provenNumber(user);
    if (!user || !phoneNumber) return;
    const locale = user.locale ?? fallback;
    await this.delivery.deliver({ kind, userId: user.id, phoneNumber, locale });
  }

  private async settle(): Promise<void> {
    const lost = await this.queue.settle(LONGEST_WAIT);
    if (lost > 0) this.log.error(`${lost} notices were lost at the end.`);
  }
}
