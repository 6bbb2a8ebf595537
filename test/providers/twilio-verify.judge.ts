import { OpenApiJudge } from '../support/openapi-judge.js';
import type { FakeTwilioVerify, Operation, Served } from '../support/fake-twilio-verify.js';
import type { SeenRequest } from '../support/fake-authy.request.js';

const TEMPLATES: Readonly<Record<Operation, string>> = {
  start: '/v2/Services/{ServiceSid}/Verifications',
  check: '/v2/Services/{ServiceSid}/VerificationCheck',
  update: '/v2/Services/{ServiceSid}/Verifications/{Sid}',
  service: '/v2/Services/{Sid}',
};

/** The patterns that the description gives for ids in a path. */
const PATHS: Readonly<Record<Operation, RegExp>> = {
  start: /^\/v2\/Services\/VA[0-9a-fA-F]{32}\/Verifications$/,
  check: /^\/v2\/Services\/VA[0-9a-fA-F]{32}\/VerificationCheck$/,
  update: /^\/v2\/Services\/VA[0-9a-fA-F]{32}\/Verifications\/VE[0-9a-fA-F]{32}$/,
  service: /^\/v2\/Services\/VA[0-9a-fA-F]{32}$/,
};

const BASIC = /^Basic [A-Za-z0-9+/]+=*$/;
const FORM = 'application/x-www-form-urlencoded';

/**
 * Judges requests to Twilio Verify, and answers of the test server, by Twilio's own description.
 */
export class VerifyJudge {
  private readonly judge = new OpenApiJudge('twilio_verify_v2.json');

  /** Faults of everything the server saw and said. */
  faultsOf({ seen, served }: FakeTwilioVerify): string[] {
    return [
      ...seen.flatMap((request) => this.faultsOfRequest(request)),
      ...served.flatMap((said) => this.faultsOfAnswer(said)),
    ];
  }

  faultsOfRequest({
    operation,
    method,
    url,
    headers,
    params,
  }: SeenRequest & { operation: Operation }): string[] {
    const faults: string[] = [];
    if (method !== (operation === 'service' ? 'GET' : 'POST'))
      faults.push(`${operation}: method ${method}`);
    if (!PATHS[operation].test(url)) faults.push(`${operation}: path ${url}`);
    if (!BASIC.test(headers.authorization ?? '')) faults.push(`${operation}: no credentials`);
    if (operation === 'service') return faults;
    if (!headers['content-type']?.startsWith(FORM)) faults.push(`${operation}: no form`);
    return [...faults, ...this.judge.faultsOfForm('post', TEMPLATES[operation], params)];
  }

  // Refusals are described for one operation and one status only; Twilio's are alike everywhere.
  faultsOfAnswer({
    operation,
    answer: { status, body },
  }: Pick<Served, 'operation' | 'answer'>): string[] {
    if (status >= 400) return this.judge.faultsOfAnswer('post', TEMPLATES.start, 429, body);
    return this.judge.faultsOfAnswer(
      operation === 'service' ? 'get' : 'post',
      TEMPLATES[operation],
      status,
      body,
    );
  }
}
