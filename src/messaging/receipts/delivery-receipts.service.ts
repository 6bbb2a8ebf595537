import { Injectable } from '@nestjs/common';
import { AccountEvents } from '../../common/account-events.js';
import { AppError } from '../../common/errors/app-error.js';
import { LOCAL_CLIENT } from '../../common/net/client-info.js';
import { Clock } from '../../common/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Receipt, ReceiptRequest } from './receipt.js';
import { SentMessagesRepository } from '../sent-messages.repository.js';
import { Senders } from '../senders.js';

/** What gateways report of messages. It changes what is told of a message, never a challenge. */
@Injectable()
export class DeliveryReceipts {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly senders: Senders,
    private readonly messages: SentMessagesRepository,
    private readonly events: AccountEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a sender's callback, again and in any order. Throws `forbidden` for a sender that is not
   * set up or takes no receipts, and for what the gateway has not signed. A signed receipt of a
   * message that is gone is no error: the gateway would repeat it.
   */
  async take(sender: string, request: Omit<ReceiptRequest, 'now'>): Promise<void> {
    const name = `self:${sender}`;
    const carrier = this.senders.named(name);
    const receipts = await carrier?.sender.receipts?.({ ...request, now: this.clock.now() });
    if (!receipts) throw new AppError('forbidden');
    for (const receipt of receipts) await this.note(name, receipt);
  }

  /**
   * Takes what a sender's gateway posts to the one address of an account. Throws `not_found` for a
   * sender that has none, `forbidden` for what the gateway has not signed, `provider_unavailable`
   * when that cannot be told now.
   */
  async takeOfAccount(sender: string, request: Omit<ReceiptRequest, 'now'>): Promise<void> {
    const name = `self:${sender}`;
    const carrier = this.senders.named(name);
    const receipts = await carrier?.sender.accountReceipts?.({ ...request, now: this.clock.now() });
    if (receipts === undefined) throw new AppError('not_found');
    if (receipts === null) throw new AppError('forbidden');
    for (const receipt of receipts) await this.note(name, receipt);
  }

  private async note(provider: string, receipt: Receipt): Promise<void> {
    const message = await this.unit.write((manager) =>
      manager.withRepository(this.messages).noteReceipt(provider, receipt, this.clock.now()),
    );
    if (!message) return;
    const { userId, channel, country, status } = message;
    const details = { provider, channel, country, status };
    this.events.emit({ name: 'message.receipt', userId, client: LOCAL_CLIENT, details });
  }
}
