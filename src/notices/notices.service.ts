import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AccountEvents, type AccountEvent } from '../common/account-events.js';
import type { ClientInfo } from '../common/net/client-info.js';
import { seconds } from '../common/clock.js';
import { describeError } from '../common/errors/error-description.js';
import { LOCALES, type Locale } from '../common/locale.js';
import { Settings } from '../config/settings.js';
import { NoticeDelivery } from './notice-delivery.service.js';
import type { NoticeKind } from './notice.js';
import type { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import { noticeOf } from './notice-of.js';
import { NoticeQueue } from './notice-queue.js';

/** Milliseconds a shutdown waits for notices: as long as a sender may take to answer. */
const PATIENCE = seconds(5);

/**
 * Tells a phone what happened to its account, behind the request that did it: nobody waits for it,
 * and whatever comes of it changes no answer. Only a number that its user has proven is told, and
 * only while the account is active.
 */
@Injectable()
export class Notices implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly log = new Logger(Notices.name);
  private readonly queue = new NoticeQueue((error) =>
    this.log.error({ msg: 'A notice failed.', ...describeError(error) }),
  );

  constructor(
    events: AccountEvents,
    private readonly users: UsersService,
    private readonly delivery: NoticeDelivery,
    private readonly settings: Settings,
  ) {
    events.listen((event) => this.hear(event));
  }

  /**
   * Staff gave an account another number: the one it had is told. `before` is the account as it
   * was.
   */
  numberChanged(before: User): void {
    this.add(() => this.tell(before, 'number_changed', LOCALES[0]));
  }

  /** Somebody proved a number that belongs to somebody else: its owner is told. */
  numberTaken(phoneNumber: string, { locale }: ClientInfo): void {
    this.add(async () =>
      this.tell(await this.users.findByVerifiedNumber(phoneNumber), 'number_taken', locale),
    );
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.settle();
  }

  /** Once more: requests that were being answered have ended only now. */
  onApplicationShutdown(): Promise<void> {
    return this.settle();
  }

  // By whoever did it unless the account has a language of its own; staff speak their own.
  private hear(event: AccountEvent): void {
    const { userId, actorId, client } = event;
    const kind = noticeOf(event);
    if (kind === undefined || userId === null) return;
    const locale = actorId === undefined ? client.locale : LOCALES[0];
    this.add(async () => this.tell(await this.users.findById(userId), kind, locale));
  }

  private add(job: () => Promise<void>): void {
    if (this.settings.notices && !this.queue.add(job))
      this.log.error('A notice was lost: too many wait.');
  }

  private async tell(user: User | null, kind: NoticeKind, fallback: Locale): Promise<void> {
    if (!user?.isActive || !user.phoneNumberVerified) return;
    await this.delivery.deliver({
      kind,
      userId: user.id,
      phoneNumber: user.phoneNumber,
      locale: user.locale ?? fallback,
    });
  }

  private async settle(): Promise<void> {
    const lost = await this.queue.settle(PATIENCE);
    if (lost > 0) this.log.error(`${lost} notices were lost at the end.`);
  }
}
