import { createConfig, lintFromString } from '@redocly/openapi-core';
import openapiTS, { astToString } from 'openapi-typescript';
import path from 'node:path';
import ts from 'typescript';
import { startApp } from '../support/start-app.js';

const TYPES = path.resolve('test/flows/api-types.d.ts');
const CLIENT = path.resolve('test/flows/api-client.ts');

/** The whole flow as somebody would write it, with types from the document and no cast. */
const FLOW = `
import createClient from 'openapi-fetch';
import type { components, paths } from './api-types.js';

type Session = components['schemas']['Session'];
const api = createClient<paths>({ baseUrl: 'https://accounts.example' });
const bearer = (token: string) => ({ authorization: \`Bearer \${token}\` });

export async function wholeFlow(password: string, code: string): Promise<string> {
  const phone = { phone_number: '4155550100', country: 'US' };
  const registered = await api.POST('/api/v1/registration', {
    params: { header: { 'Idempotency-Key': 'a' } }, body: { username: 'alice', password, full_name: 'Alice', ...phone },
  });
  if (registered.error) {
    for (const { pointer, code: why, choices } of registered.error.errors ?? [])
      if (why === 'ambiguous') console.log(pointer, choices?.[0]?.length);
    return registered.error.code === 'username_taken' ? registered.error.detail : String(registered.error.retry_after);
  }
  const again = await api.POST('/api/v1/session/confirmation/resend', { headers: bearer(registered.data.token) });
  const resendAt: string | undefined = again.data?.confirmation.resend_at;
  const confirmed = await api.POST('/api/v1/session/confirmation', { body: { code }, headers: bearer(registered.data.token) });
  if (confirmed.error) return \`\${confirmed.error.attempts_left ?? 0} \${resendAt}\`;
  const { data, error } = await api.POST('/api/v1/session', {
    params: { header: { 'Ringback-Device': confirmed.data.device_token ?? '' } }, body: { username: 'alice', password },
  });
  if (error) return error.code;
  const headers = bearer(data.token);
  const name: string = told(data);
  const changed = await api.PUT('/api/v1/me/two-factor', { body: { enabled: true }, headers });
  const asked: string | undefined = changed.error?.confirmation?.phone_hint;
  await api.PUT('/api/v1/me/password', { body: { current_password: password, password: 'another' }, headers });
  await api.PATCH('/api/v1/me', { body: { locale: null }, headers });
  const me = await api.GET('/api/v1/me', { headers });
  const shown = await api.GET('/api/v1/session', { headers });
  const check = await api.GET('/api/v1/registration/bot-check');
  await api.DELETE('/api/v1/session', { headers });
  return [name, asked, me.data?.username, shown.data && told(shown.data), check.data?.puzzle?.signature].join();
}

function told(session: Session): string {
  switch (session.state) {
    case 'active':
      return session.user.display_name;
    case 'confirmation_required':
      return session.confirmation?.phone_hint ?? session.absolute_expires_at;
    case 'password_change_required':
      return session.expires_at;
  }
}

// @ts-expect-error: only an active session tells the account
export const early = (session: components['schemas']['PendingSession']) => session.user;
// @ts-expect-error: an answer about a session has no token
export const missing = (session: Session) => session.token;
// @ts-expect-error: a field is missing
export const wrong = () => api.POST('/api/v1/session', { body: { username: 'a' } });
// @ts-expect-error: this one needs a body
export const without = () => api.PUT('/api/v1/me/two-factor', {});
`;

describe('programs made from the OpenAPI document', () => {
  let text: string;
  beforeAll(async () => {
    const app = await startApp();
    text = await (await fetch(`${app.url}/docs-json`)).text();
    await app.close();
  });

  it('go through the whole flow in strict TypeScript without a cast', async () => {
    const types = astToString(await openapiTS(text));
    expect(faultsOf({ [TYPES]: types, [CLIENT]: FLOW })).toEqual([]);
  });

  it("meet no rule of Redocly's `recommended` broken", async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
    const broken = await lintFromString({
      source: text.replace('"bearer":[]', '"x":[]'),
      absoluteRef: 'openapi.json',
      config,
    });
    expect(broken).not.toEqual([]);
    expect(
      problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
    ).toEqual([]);
  });
});

/** What the compiler says of these files, at its strictest. */
function faultsOf(files: Readonly<Record<string, string>>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (file) => files[file] ?? readFile(file);
  host.fileExists = (file) => file in files || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const own = files[file];
    return own === undefined
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, own, version);
  };
  const program = ts.createProgram([CLIENT], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start, file }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
