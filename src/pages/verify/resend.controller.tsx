import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowUnconfirmed, Client, Current } from '../../auth/http/access.js';
import { ConfirmationService } from '../../auth/confirmation.service.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { isSecure } from '../../auth/http/session-cookie.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import { keepDraft } from '../register/draft-cookie.js';
import { draftOf } from '../register/draft-of.js';
import { sentencesOf } from '../field-sentences.js';
import { readForm, resendForm } from '../forms.js';
import { PageReply } from '../page-reply.js';
import { hasTyped } from '../register/typed-number-cookie.js';
import { VerifyForm } from './verify-form.js';

/** The two other buttons of the confirm page: "Resend OTP" and "wrong number?". */
@Controller('verify')
@AllowUnconfirmed()
export class ResendController {
  constructor(
    private readonly page: PageReply,
    private readonly confirmations: ConfirmationService,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  @Post('resend')
  async resend(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { channel } = readForm(resendForm, body);
    try {
      await this.confirmations.resend(current, channel, client);
      this.page.seeOther(reply, '/verify/', { message: 'code_sent' });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unauthenticated') throw error;
      if (error.code === 'phone_number_taken') return this.page.seeOther(reply, '/verify/number/');
      const pending = await this.confirmations.pending(current);
      if (error.code === 'no_pending_confirmation' && current.state === 'active') {
        return this.page.seeOther(reply, '/dashboard/', { message: 'nothing_pending' });
      }
      const isUndelivered =
        error.code === 'too_many_requests' || error.code === 'provider_unavailable';
      const why = isUndelivered
        ? { notice: error.code, waitSeconds: error.params.retryAfter }
        : { error: Object.values(sentencesOf(error)).flat()[0] };
      this.page.refuse(
        reply,
        <VerifyForm {...this.shown(request, current)} pending={pending} {...why} />,
        error,
      );
    }
  }

  @Post('cancel')
  async cancel(
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isUndone = await this.confirmations.cancel(current, client);
    if (isUndone) keepDraft(reply, draftOf(current.user), isSecure(this.settings));
    if (current.state === 'active')
      return this.page.seeOther(reply, '/dashboard/', { message: 'canceled' });
    this.page.logOut(reply);
    this.page.seeOther(reply, isUndone ? '/register/' : '/login/', {
      message: isUndone ? 'registration_undone' : 'canceled',
    });
  }

  private shown(request: FastifyRequest, current: CurrentSession) {
    const isTyped = hasTyped(request, current, isSecure(this.settings));
    return { current, isTyped, hasInbox: Settings.hasInbox(this.settings), now: this.clock.now() };
  }
}
