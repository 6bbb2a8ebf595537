import type { ServerResponse } from 'node:http';
import type { Answer } from './fake-authy.errors.js';
import {
  isSpoiling,
  send,
  spoil as spoilOnTheWay,
  TRAP_PATH,
  type Fault as HttpFault,
} from './fake-authy.faults.js';
import { refusal, type TwilioErrorCode } from './fake-twilio-verify.errors.js';

/**
 * The faults of any HTTP service by the names of fake-authy.faults; `retryAfter` becomes the
 * `Retry-After` header as it is.
 */
export type Fault =
  | Extract<HttpFault, string>
  | { errorCode: TwilioErrorCode; retryAfter?: string }
  | { answer: Answer };

/** Whether the request is processed before the answer is ruined. */
export const spoils = (fault: Fault): fault is Extract<HttpFault, string> =>
  typeof fault === 'string' && isSpoiling(fault);

/** The answer in place of processing. */
export function refusalOf(fault: Fault): Answer {
  if (typeof fault === 'object' && 'answer' in fault) return fault.answer;
  if (typeof fault === 'object') {
    return {
      ...refusal(fault.errorCode),
      headers: fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter },
    };
  }
  switch (fault) {
    case 'redirect':
      return { status: 302, headers: { Location: TRAP_PATH }, body: '' };
    case 'suspended':
      return refusal('20005');
    case 'bad-key':
      return refusal('20003');
    case 'throttled':
      return refusal('20429');
    default:
      return { status: 500, body: '<h1>Internal Server Error</h1>' };
  }
}

/** Ruins an answer on its way out, keeping its status: that alone must not make a success of it. */
export function spoil(
  response: ServerResponse,
  answer: Answer,
  fault: Extract<HttpFault, string>,
): void {
  const { status } = answer;
  switch (fault) {
    case 'html':
      return send(response, {
        status,
        body: '<html><body>Please log in. "status": "approved", "valid": true</body></html>',
      });
    case 'empty':
      return send(response, { status, body: '' });
    case 'truncated':
      return send(response, { status, body: JSON.stringify(answer.body).slice(0, -1) });
    case 'success-as-string': {
      const body = answer.body as { valid?: unknown };
      return send(response, { status, body: { ...body, valid: String(body.valid) } });
    }
    default:
      if (isSpoiling(fault)) spoilOnTheWay(response, answer, fault);
  }
}
