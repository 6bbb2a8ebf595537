import { Body, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AllowUnconfirmed, Client, Current } from '../../auth/http/access.js';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import { mayGiveNumber } from '../../auth/taken-numbers.service.js';
import { TakenNumbersService } from '../../auth/taken-numbers.service.js';
import { AppError } from '../../common/errors/app-error.js';
import type { ClientInfo } from '../../common/net/client-info.js';
import { Settings } from '../../config/settings.js';
import { choicesOf, sentencesOf } from '../field-sentences.js';
import { readForm } from '../forms.js';
import { refuse, seeOther, show, type PageAnswer } from '../page-answer.js';
import { Page } from '../page.js';
import { meantNumber } from '../register/shown-country.js';
import { TYPED_NUMBER, typedNumberValue } from '../register/typed-number-cookie.js';
import { numberForm } from './number.form.js';
import { NumberView } from './number.view.js';

/**
 * Another number for a member whose right code met one that was taken. Any other session is led to
 * its confirm page.
 */
@Page('verify/number')
@AllowUnconfirmed()
export class NumberController {
  constructor(
    private readonly numbers: TakenNumbersService,
    private readonly settings: Settings,
  ) {}

  @Get()
  form(@Current() current: CurrentSession, @Req() request: FastifyRequest): PageAnswer {
    if (!mayGiveNumber(current)) return seeOther('/verify/');
    const { settings } = this;
    return show((message) => <NumberView values={null} {...{ message, request, settings }} />);
  }

  @Post()
  async give(
    @Body() body: unknown,
    @Current() current: CurrentSession,
    @Client() client: ClientInfo,
    @Req() request: FastifyRequest,
  ): Promise<PageAnswer> {
    const { phone_choice, ...form } = readForm(numberForm, body);
    const values = { ...form, phone_number: meantNumber(form, phone_choice) };
    try {
      const typed = { phoneNumber: values.phone_number, countryCode: values.country_code };
      const pending = await this.numbers.giveAnother(current, typed, client);
      return seeOther('/verify/', {
        keeps: [TYPED_NUMBER, typedNumberValue(current)],
        message: pending.message?.sentAt ? 'code_sent' : undefined,
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'forbidden' || error.code === 'no_pending_confirmation')
        return seeOther('/verify/');
      const form = { values, choices: choicesOf(error), request, settings: this.settings };
      return refuse(error, <NumberView {...form} errors={sentencesOf(error)} />);
    }
  }
}
