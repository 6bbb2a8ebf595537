import { Body, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AllowUnconfirmed, Client, Current } from '../../auth/http/access.js';
import { ConfirmationService } from '../../auth/confirmation.service.js';
import { LogoutService } from '../../auth/logout.service.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import { sentencesOf } from '../field-sentences.js';
import { readForm } from '../forms.js';
import { refuse, seeOther, type PageAnswer } from '../page-answer.js';
import { Page } from '../page.js';
import { DRAFT, draftValue } from '../register/draft-cookie.js';
import { draftOf } from '../register/draft-of.js';
import { resendForm } from './verify.form.js';
import { shownTo, VerifyView } from './verify.view.js';

/** The two other buttons of the confirm page: "Resend OTP" and "wrong number?". */
@Page('verify')
@AllowUnconfirmed()
export class ResendController {
  constructor(
    private readonly confirmations: ConfirmationService,
    private readonly logouts: LogoutService,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  @Post('resend')
  async resend(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
  ): Promise<PageAnswer> {
    const { channel } = readForm(resendForm, body);
    try {
      await this.confirmations.resend(current, channel, client);
      return seeOther('/verify/', { message: 'code_sent' });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unauthenticated') throw error;
      if (error.code === 'phone_number_taken') return seeOther('/verify/number/');
      const pending = await this.confirmations.pending(current);
      if (error.code === 'no_pending_confirmation' && current.state === 'active')
        return seeOther('/dashboard/', { message: 'nothing_pending' });
      const isUndelivered =
        error.code === 'too_many_requests' || error.code === 'provider_unavailable';
      const why = isUndelivered
        ? { notice: error.code, waitSeconds: error.params.retryAfter }
        : { error: Object.values(sentencesOf(error)).flat()[0] };
      const shown = shownTo(request, current, this.settings);
      const now = this.clock.now();
      return refuse(error, <VerifyView {...shown} {...{ pending, now }} {...why} />);
    }
  }

  @Post('cancel')
  async cancel(
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
  ): Promise<PageAnswer> {
    const isUndone = await this.logouts.cancel(current, client);
    if (current.state === 'active') return seeOther('/dashboard/', { message: 'canceled' });
    if (!isUndone) return seeOther('/login/', { message: 'canceled', isLoggedOut: true });
    return seeOther('/register/', {
      message: 'registration_undone',
      isLoggedOut: true,
      keeps: [DRAFT, draftValue(draftOf(current.user))],
    });
  }
}
