import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowUnconfirmed, Client, Current } from '../../auth/http/access.js';
import { AlreadyConfirmed } from '../../auth/confirmation.service.js';
import { ConfirmationService } from '../../auth/confirmation.service.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { isSecure } from '../../auth/http/session-cookie.js';
import { NumberTaken } from '../../auth/taken-numbers.service.js';
import { TwoFactorService } from '../../auth/two-factor.service.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { Clock } from '../../common/clock.js';
import { Settings } from '../../config/settings.js';
import { sentencesOf } from '../field-sentences.js';
import { readForm, verifyForm } from '../forms.js';
import type { MessageId } from '../messages.js';
import { NumberForm } from '../number/number-form.js';
import { PageReply } from '../page-reply.js';
import { RegisterForm } from '../register/register-form.js';
import { draftOf } from '../register/draft-of.js';
import { hasTyped } from '../register/typed-number-cookie.js';
import { VerifyForm } from './verify-form.js';
import { wayIn, wayOn } from '../way-in.js';

/** What is told on the dashboard of a code whose time is over, by its reason. */
const MESSAGE_OF: Readonly<Record<string, MessageId | undefined>> = {
  expired: 'code_expired',
  used: 'code_used',
};

@Controller('verify')
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
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (await this.confirmations.needsNumber(current))
      return this.page.seeOther(reply, '/verify/number/');
    const pending = await this.confirmations.pending(current);
    if (!pending && current.state !== 'confirmation_required')
      return this.page.seeOther(reply, '/login/');
    this.page.show(
      reply,
      <VerifyForm
        {...this.shown(request, current)}
        pending={pending}
        message={this.page.message(request, reply)}
      />,
    );
  }

  @Post()
  async confirm(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { one_time_password: code } = readForm(verifyForm, body);
    try {
      const { opened, purpose } = await this.confirmations.confirm(current, code, client);
      // The old token is dead already: whatever fails from here on, the browser must hold the new
      // one.
      this.page.logIn(reply, opened);
      const message = await this.messageOf(purpose, opened, current, client);
      const isLogin = current.state === 'confirmation_required';
      this.page.seeOther(reply, isLogin ? wayIn(opened) : '/dashboard/', { message });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await this.refuse(error, current, request, reply);
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

  private async refuse(
    error: AppError,
    current: CurrentSession,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (error.code === 'phone_number_taken')
      return this.refuseNumber(error, current, request, reply);
    // Its twin was first, and the browser holds the new token by that one's answer: no cookie of
    // ours may stand in its way.
    if (error instanceof AlreadyConfirmed) return this.page.seeOther(reply, wayOn(current));
    if (error.code === 'unauthenticated') throw error;
    if (await this.confirmations.needsNumber(current))
      return this.page.seeOther(reply, '/verify/number/');
    const pending = await this.confirmations.pending(current);
    if (error.code === 'no_pending_confirmation' && current.state === 'active') {
      const message = MESSAGE_OF[error.params.fields?.[0]?.code ?? ''] ?? 'nothing_pending';
      return this.page.seeOther(reply, '/dashboard/', { message });
    }
    const [sentence] = Object.values(sentencesOf(error)).flat();
    this.page.refuse(
      reply,
      <VerifyForm {...this.shown(request, current)} pending={pending} error={sentence} />,
      error,
    );
  }

  // A member gives another number; only an unfinished registration goes back to its form.
  private refuseNumber(
    error: AppError,
    current: CurrentSession,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const form = {
      errors: sentencesOf(error, { phone_number_taken: 'phone_number' }),
      request,
      settings: this.settings,
    };
    if (error instanceof NumberTaken) {
      this.page.logIn(reply, error.opened);
      return this.page.refuse(reply, <NumberForm values={null} {...form} />, error);
    }
    this.page.logOut(reply);
    this.page.refuse(reply, <RegisterForm values={draftOf(current.user)} {...form} />, error);
  }

  private shown(request: FastifyRequest, current: CurrentSession) {
    const isTyped = hasTyped(request, current, isSecure(this.settings));
    return { current, isTyped, hasInbox: Settings.hasInbox(this.settings), now: this.clock.now() };
  }
}
