import { Body, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowUnconfirmed, Client, Current } from '../../auth/http/access.js';
import { AlreadyConfirmed } from '../../auth/confirmation.service.js';
import { ConfirmationService } from '../../auth/confirmation.service.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { NumberTaken } from '../../auth/taken-numbers.service.js';
import { TwoFactorService } from '../../auth/two-factor.service.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import { sentencesOf } from '../field-sentences.js';
import { readForm } from '../forms.js';
import type { MessageId } from '../messages.js';
import { NumberView } from '../number/number.view.js';
import { refuse, seeOther, show, type PageAnswer } from '../page-answer.js';
import { PageReply } from '../page-reply.js';
import { Page } from '../page.js';
import { draftOf } from '../register/draft-of.js';
import { RegisterView } from '../register/register.view.js';
import { nextStepOf, nextStepAfter } from '../next-step.js';
import { verifyForm } from './verify.form.js';
import { shownTo, VerifyView } from './verify.view.js';

/** What is told on the dashboard of a code whose time is over, by its reason. */
const MESSAGE_OF: Readonly<Record<string, MessageId | undefined>> = {
  expired: 'code_expired',
  used: 'code_used',
};

@Page('verify')
@AllowUnconfirmed()
export class VerifyController {
  constructor(
    private readonly page: PageReply,
    private readonly confirmations: ConfirmationService,
    private readonly twoFactor: TwoFactorService,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  @Get()
  async form(
    @Current() current: CurrentSession,
    @Req() request: FastifyRequest,
  ): Promise<PageAnswer> {
    if (await this.confirmations.needsNumber(current)) return seeOther('/verify/number/');
    const pending = await this.confirmations.pending(current);
    if (!pending && current.state !== 'confirmation_required') return seeOther('/login/');
    const shown = this.shown(request, current);
    return show((message) => <VerifyView {...shown} pending={pending} message={message} />);
  }

  @Post()
  async confirm(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageAnswer> {
    const { one_time_password: code } = readForm(verifyForm, body);
    try {
      const { opened, purpose } = await this.confirmations.confirm(current, code, client);
      // The old token is dead already: whatever fails from here on, the browser must hold the new
      // one.
      this.page.logIn(reply, opened);
      const message = await this.messageOf(purpose, opened, current, client);
      const isLogin = current.state === 'confirmation_required';
      return seeOther(isLogin ? nextStepOf(opened) : '/dashboard/', { message });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return this.refused(error, current, request);
    }
  }

  // The confirm page applies what the proof was for; the API repeats its call instead.
  private async messageOf(
    purpose: string,
    opened: CurrentSession,
    before: CurrentSession,
    client: ClientInfo,
  ): Promise<MessageId> {
    if (purpose === 'enable_two_factor' || purpose === 'disable_two_factor') {
      const enabled = purpose === 'enable_two_factor';
      await this.twoFactor.set(opened, enabled, client);
      return enabled ? 'two_factor_on' : 'two_factor_off';
    }
    if (opened.state === 'password_change_required') return 'password_change_needed';
    return before.user.phoneNumberVerified ? 'logged_in' : 'phone_verified';
  }

  private async refused(
    error: AppError,
    current: CurrentSession,
    request: FastifyRequest,
  ): Promise<PageAnswer> {
    if (error.code === 'phone_number_taken') return this.takenNumber(error, current, request);
    // Its twin was first, and the browser holds the new token by that one's answer: no cookie of
    // ours may stand in its way.
    if (error instanceof AlreadyConfirmed) return seeOther(nextStepAfter(current));
    if (error.code === 'unauthenticated') throw error;
    if (await this.confirmations.needsNumber(current)) return seeOther('/verify/number/');
    const pending = await this.confirmations.pending(current);
    if (error.code === 'no_pending_confirmation' && current.state === 'active') {
      const message = MESSAGE_OF[error.params.fields?.[0]?.code ?? ''] ?? 'nothing_pending';
      return seeOther('/dashboard/', { message });
    }
    const [sentence] = Object.values(sentencesOf(error)).flat();
    const shown = this.shown(request, current);
    return refuse(error, <VerifyView {...shown} pending={pending} error={sentence} />);
  }

  // A member gives another number; only an unfinished registration goes back to its form.
  private takenNumber(
    error: AppError,
    current: CurrentSession,
    request: FastifyRequest,
  ): PageAnswer {
    const errors = sentencesOf(error, { phone_number_taken: 'phone_number' });
    const form = { errors, request, settings: this.settings };
    return error instanceof NumberTaken
      ? refuse(error, <NumberView values={null} {...form} />, { opened: error.opened })
      : refuse(error, <RegisterView values={draftOf(current.user)} {...form} />, {
          isLoggedOut: true,
        });
  }

  private shown(request: FastifyRequest, current: CurrentSession) {
    return { ...shownTo(request, current, this.settings), now: this.clock.now() };
  }
}
