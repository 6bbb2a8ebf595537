import { randomBytes } from 'node:crypto';
import { CONTENT_SECURITY_POLICY } from '../common/net/security-headers.js';

const STATE = /(window\.(?:REDUX_STATE|THEME) = )([^\n]*)\n/g;
const FOREIGN_FONT = /\s*<link[^>]*fonts\.googleapis\.com[^>]*>/g;
const UNSAFE_IN_SCRIPT = /[<>&\u2028\u2029]/g;

/**
 * AdminJS' page made safe: its state cannot end the script it stands in, its scripts carry a nonce,
 * nothing comes from elsewhere.
 */
export function securePage(page: string): { html: string; nonce: string } {
  const nonce = randomBytes(16).toString('base64url');
  const html = page
    .replace(
      STATE,
      (_line, name: string, json: string) => `${name}${json.replace(UNSAFE_IN_SCRIPT, escape)}\n`,
    )
    .replace(FOREIGN_FONT, '')
    .replace(/<script(?=[\s>])/g, `<script nonce="${nonce}"`);
  return { html, nonce };
}

/**
 * The pages' policy, with the nonce for scripts; AdminJS' components style themselves as they are
 * drawn.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  CONTENT_SECURITY_POLICY.replace(
    "script-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
  ).replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

const escape = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
