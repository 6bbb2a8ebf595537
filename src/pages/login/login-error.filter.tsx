import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors/app-error.js';
import { sentencesOf } from '../field-sentences.js';
import { readForm } from '../forms.js';
import { localPath } from '../local-path.js';
import { refuse } from '../page-answer.js';
import { PageReply } from '../page-reply.js';
import { loginForm } from './login.form.js';
import { LoginPage } from './login.page.js';

const SHOWN = new Set(['invalid_credentials', 'too_many_attempts', 'validation_failed', 'busy']);

/**
 * A refused log-in shows the form again, username kept. The guard refuses before the handler runs,
 * hence a filter.
 */
@Catch(AppError)
export class LoginErrorFilter implements ExceptionFilter<AppError> {
  constructor(private readonly page: PageReply) {}

  catch(error: AppError, host: ArgumentsHost): void {
    if (!SHOWN.has(error.code)) throw error;
    const request = host
      .switchToHttp()
      .getRequest<FastifyRequest<{ Querystring: { next?: unknown } }>>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { username } = readForm(loginForm, request.body);
    const [sentence] = Object.values(sentencesOf(error)).flat();
    const why =
      error.code === 'validation_failed' ? 'Enter your username and your password.' : sentence;
    const next = localPath(request.query.next) ?? undefined;
    const view = <LoginPage username={username} error={why} next={next} />;
    this.page.send(refuse(error, view), reply);
  }
}
