import type { Attack } from './attack.js';
import { submit, visit } from './calls.js';
import type { Answer } from './exchange.js';
import { Breach, whereAble } from './verdict.js';

/**
 * One address of each kind of answer: page, redirect, refusal, call, nothing there, file, panel,
 * health.
 */
const PATHS = [
  '/',
  '/login/',
  '/dashboard/',
  '/api/v1/session',
  '/nothing',
  '/api/v1/nothing',
  '/%',
  '/static/ringback.css',
  '/admin',
  '/health/live',
];
const RULES: readonly (readonly [string, RegExp])[] = [
  ['content-security-policy', /default-src 'none'/],
  ['content-security-policy', /frame-ancestors 'none'/],
  ['content-security-policy', /base-uri 'none'/],
  ['content-security-policy', /^(?!.*script-src[^;]*unsafe)/],
  ['x-content-type-options', /^nosniff$/],
  ['referrer-policy', /^(same-origin|strict-origin.*|no-referrer)$/],
  ['cross-origin-opener-policy', /^same-origin/],
];
const BANNERS = ['server', 'x-powered-by', 'x-aspnet-version'];

export const securityHeaders: Attack = {
  name: 'security-headers',
  tries: `framing, sniffing, inline scripts, banners and loose cookies, on ${PATHS.length} kinds of answers`,
  rule: 'ASVS 3.4.1, 3.4.3 to 3.4.6, 3.4.8, 13.4.6',
  failsWhen:
    'a header that forbids them is missing, or a cookie lacks HttpOnly, SameSite or (https) Secure',

  async run({ target, cast }) {
    const hsts = target.isSecure ? ([['strict-transport-security', /max-age=\d{8}/]] as const) : [];
    const answers = await Promise.all(PATHS.map((path) => visit(target, path)));
    answers.push(await submit(target, '/login/', { username: 'attack-nobody', password: '' }));
    for (const answer of answers) {
      for (const [name, rule] of [...RULES, ...hsts])
        if (!rule.test(String(answer.headers[name] ?? '')))
          throw new Breach(`${name} is missing or too weak.`, answer);
      // A proxy in front may show its own.
      const banner = BANNERS.find((name) =>
        /\d|fastify|express|nest/i.test(String(answer.headers[name] ?? '')),
      );
      if (banner !== undefined) throw new Breach(`${banner} tells what runs here.`, answer);
    }
    const cookies = await whereAble(async () =>
      refuseLooseCookies((await cast.logInByPage()).answer, target.isSecure),
    );
    return `${answers.length} answers carry them all; cookies: ${cookies}`;
  },
};

function refuseLooseCookies(answer: Answer, isSecure: boolean): string {
  const loose = answer.cookies.find(
    (cookie) =>
      !/; HttpOnly/i.test(cookie) ||
      !/; SameSite=(Lax|Strict)/i.test(cookie) ||
      (isSecure && !/; Secure/i.test(cookie)),
  );
  if (loose !== undefined)
    throw new Breach(`The cookie ${loose.split('=')[0] ?? ''} is loose.`, answer);
  return 'none is loose';
}
