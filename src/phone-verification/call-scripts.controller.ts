import { Controller, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import { Public } from '../common/public.js';
import { Settings } from '../config/settings.js';
import { CallScripts } from './call-scripts.service.js';
import { requestOf, type Callback } from '../messaging/receipts/callback-request.js';

/**
 * Where gateways ask what a call is to say. Open to everybody: a signature is asked for, not a
 * session.
 */
@Public()
@Controller('delivery')
export class CallScriptsController {
  constructor(
    private readonly scripts: CallScripts,
    private readonly settings: Settings,
  ) {}

  /**
   * 200 with the code, for the gateway of a call that goes on; 403 for everybody else, 404 when the
   * code works no more.
   */
  @Post(':sender/calls/:locale/:reference')
  @HttpCode(200)
  @Header('Content-Type', 'application/xml; charset=utf-8')
  answer(
    @Param('sender') sender: string,
    @Param('locale') locale: string,
    @Param('reference') reference: string,
    @Req() callback: Callback,
  ): Promise<string> {
    return this.scripts.scriptOf(
      { sender, locale, reference },
      requestOf(this.settings.publicUrl, callback),
    );
  }
}
