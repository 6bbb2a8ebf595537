import { randomBytes } from 'node:crypto';
import type { Answer } from './fake-authy.errors.js';
import { FakeGateway, type GatewayRequest } from './fake-gateway.js';

interface Vendor {
  path: string;
  /** What a token that was asked about before is called. */
  seen: string;
  siteKey: string;
  secret: string;
}

export const VENDORS = {
  turnstile: {
    path: '/turnstile/v0/siteverify',
    seen: 'timeout-or-duplicate',
    siteKey: '0x4AAAAAAADnPIDROrmt',
    secret: '0x4AAA-turnstile',
  },
  hcaptcha: {
    path: '/siteverify',
    seen: 'already-seen-response',
    siteKey: '10000000-ffff-ffff-ffff-000000000001',
    secret: '0x000-hcaptcha',
  },
} as const satisfies Record<string, Vendor>;

/**
 * Stands in for a service's script: shows a box, and puts a token into the form when it is ticked.
 */
const SCRIPT = `for (const place of document.querySelectorAll('.cf-turnstile')) {
  const label = document.createElement('label');
  const box = Object.assign(document.createElement('input'), { type: 'checkbox' });
  const field = Object.assign(document.createElement('input'), { type: 'hidden', name: place.dataset.responseFieldName });
  box.addEventListener('change', async () => { field.value = await (await fetch(new URL('/token', SOURCE))).text(); });
  label.append(box, ' I am a person');
  place.append(label, field);
}`;

/**
 * A local server that speaks the verification of tokens by Turnstile and hCaptcha, and knows one
 * account.
 */
export class FakeSiteVerify extends FakeGateway {
  /** What is known of each token. */
  readonly tokens = new Map<string, { hostname: string; action?: string; asked: boolean }>();

  constructor(private readonly vendor: Vendor) {
    super();
  }

  /** A token as a person's browser gets one. */
  newToken(hostname = '127.0.0.1', action = 'register'): string {
    const token = `0.${randomBytes(300).toString('base64url')}`;
    this.tokens.set(token, { hostname, action, asked: false });
    return token;
  }

  protected override answerTo({ method, path, body }: GatewayRequest): Answer {
    const headers = { 'Access-Control-Allow-Origin': '*' };
    if (method === 'GET' && path === '/turnstile/v0/api.js') {
      const text = `const SOURCE = ${JSON.stringify(this.url)};\n${SCRIPT}`;
      const script = {
        'Content-Type': 'text/javascript',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      };
      return { status: 200, headers: { ...headers, ...script }, body: text };
    }
    if (method === 'GET' && path === '/token')
      return { status: 200, headers, body: this.newToken() };
    if (method === 'POST' && path === this.vendor.path)
      return this.judge(new URLSearchParams(body));
    return { status: 404, body: 'not found' };
  }

  private judge(form: URLSearchParams): Answer {
    const refuse = (code: string): Answer => ({
      status: 200,
      body: { success: false, 'error-codes': [code] },
    });
    if (form.get('secret') !== this.vendor.secret) return refuse('invalid-input-secret');
    const token = this.tokens.get(form.get('response') ?? '');
    if (!token) return refuse('invalid-input-response');
    if (token.asked) return refuse(this.vendor.seen);
    token.asked = true;
    const { hostname, action } = token;
    const challenge_ts = new Date().toISOString();
    return {
      status: 200,
      body: { success: true, challenge_ts, hostname, action, 'error-codes': [] },
    };
  }
}
