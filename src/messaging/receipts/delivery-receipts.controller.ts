import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { Public } from '../../common/public.js';
import { Settings } from '../../config/settings.js';
import { DeliveryReceipts } from './delivery-receipts.service.js';
import { requestOf, type Callback } from './callback-request.js';

/**
 * Where gateways report what became of a message. Open to everybody: a signature is asked for, not
 * a session.
 */
@Public()
@Controller('delivery')
export class DeliveryReceiptsController {
  constructor(
    private readonly receipts: DeliveryReceipts,
    private readonly settings: Settings,
  ) {}

  /**
   * 204 for what the gateway signed, whether or not it says anything new; 403 for everything else.
   */
  @Post(':sender/:reference')
  @HttpCode(204)
  post(@Param('sender') sender: string, @Req() callback: Callback): Promise<void> {
    return this.take(sender, callback);
  }

  /** The same for gateways that report by the query of an address. */
  @Get(':sender/:reference')
  @HttpCode(204)
  get(@Param('sender') sender: string, @Req() callback: Callback): Promise<void> {
    return this.take(sender, callback);
  }

  /**
   * For gateways that report on all messages to one address (AWS, by a topic of SNS); 404 where it
   * is not set up.
   */
  @Post(':sender')
  @HttpCode(204)
  ofAccount(@Param('sender') sender: string, @Req() callback: Callback): Promise<void> {
    return this.receipts.takeOfAccount(sender, requestOf(this.settings.publicUrl, callback));
  }

  private take(sender: string, callback: Callback): Promise<void> {
    return this.receipts.take(sender, requestOf(this.settings.publicUrl, callback));
  }
}
