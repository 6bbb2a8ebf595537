import type { ServerResponse } from 'node:http';
import { refusal, type Answer, type AuthyErrorCode } from './fake-authy.errors.js';

/**
 * The request is processed (a message goes out, a right code is used up), but the answer is
 * spoiled.
 */
const SPOILED = [
  'slow',
  'slow-mid-answer',
  'reset',
  'reset-mid-answer',
  'html',
  'empty',
  'truncated',
  'success-as-string',
] as const;

/**
 * The request is not processed. `redirect` leads to a trap that answers `success: true` to
 * everything.
 */
type RefusedFault = 'redirect' | '500' | 'suspended' | 'bad-key' | 'throttled';

type SpoiledFault = (typeof SPOILED)[number];

/** `retryAfter` becomes the `Retry-After` header as it is. */
export type Fault =
  | SpoiledFault
  | RefusedFault
  | { errorCode: AuthyErrorCode; retryAfter?: string }
  | { answer: Answer };

export const TRAP_PATH = '/trap';

export const isSpoiling = (fault: Fault): fault is SpoiledFault =>
  SPOILED.some((name) => name === fault);

/** The answer in place of processing. */
export function refusalOf(fault: Exclude<Fault, SpoiledFault>): Answer {
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
    case '500':
      return { status: 500, body: '<h1>Internal Server Error</h1>' };
    case 'suspended':
      return refusal('60060');
    case 'bad-key':
      return refusal('60001');
    case 'throttled':
      return refusal('60003');
  }
}

export function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'Content-Type': isText ? 'text/html' : 'application/json',
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

/**
 * Ruins an answer on its way out. The slow ones never end: the connection hangs until the server
 * closes.
 */
export function spoil(response: ServerResponse, answer: Answer, fault: SpoiledFault): void {
  const text = JSON.stringify(answer.body);
  switch (fault) {
    case 'slow':
      return;
    case 'slow-mid-answer':
      return sendHalf(response, answer.status, text);
    case 'reset':
      response.socket?.destroy();
      return;
    case 'reset-mid-answer':
      return sendHalf(response, answer.status, text, () => response.socket?.destroy());
    case 'html':
      return send(response, {
        status: 200,
        body: '<html><body>Please log in to this network. success: true</body></html>',
      });
    case 'empty':
      return send(response, { status: 200, body: '' });
    case 'truncated':
      return send(response, {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: text.slice(0, -1),
      });
    case 'success-as-string':
      return send(response, { status: 200, body: { ...asObject(answer.body), success: 'true' } });
  }
}

function sendHalf(response: ServerResponse, status: number, text: string, then = () => {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': text.length });
  response.write(text.slice(0, text.length / 2), then);
}

const asObject = (body: Answer['body']): object => (typeof body === 'object' ? body : {});
