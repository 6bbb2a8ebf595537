import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowUnconfirmed, Client, Current } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { isSecure } from '../../auth/http/session-cookie.js';
import { mayGiveNumber } from '../../auth/taken-numbers.service.js';
import { TakenNumbers } from '../../auth/taken-numbers.service.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { Settings } from '../../config/settings.js';
import { sentencesOf } from '../field-sentences.js';
import { numberForm, readForm } from '../forms.js';
import { NumberForm } from './number-form.js';
import { PageReply } from '../page-reply.js';
import { meantNumber } from '../register/shown-country.js';
import { keepNumber } from '../register/typed-number-cookie.js';

/**
 * Another number for a member whose right code met one that was taken. Any other session is led to
 * its confirm page.
 */
@Controller('verify/number')
@AllowUnconfirmed()
export class NumberController {
  constructor(
    private readonly page: PageReply,
    private readonly numbers: TakenNumbers,
    private readonly settings: Settings,
  ) {}

  @Get()
  form(
    @Current() current: CurrentSession,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    if (!mayGiveNumber(current)) return this.page.seeOther(reply, '/verify/');
    const message = this.page.message(request, reply);
    this.page.show(
      reply,
      <NumberForm values={null} message={message} request={request} settings={this.settings} />,
    );
  }

  @Post()
  async give(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { phone_choice, ...form } = readForm(numberForm, body);
    const values = { ...form, phone_number: meantNumber(form, phone_choice) };
    try {
      const typed = { phoneNumber: values.phone_number, countryCode: values.country_code };
      const pending = await this.numbers.giveAnother(current, typed, client);
      keepNumber(reply, current, isSecure(this.settings));
      this.page.seeOther(reply, '/verify/', {
        message: pending.message?.sentAt ? 'code_sent' : undefined,
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'forbidden' || error.code === 'no_pending_confirmation')
        return this.page.seeOther(reply, '/verify/');
      const choices = error.params.fields?.flatMap((field) => field.choices ?? []) ?? [];
      const { settings } = this;
      this.page.refuse(
        reply,
        <NumberForm {...{ values, choices, request, settings }} errors={sentencesOf(error)} />,
        error,
      );
    }
  }
}
