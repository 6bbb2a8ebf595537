/**
 * Content Security Policy of every page of ours: nothing inline, nothing from elsewhere, never
 * framed (ASVS 3.4.3).
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The same for a page with a widget of these origins: their scripts, styles, frames and calls, and
 * no one else's.
 */
export const policyAllowing = (origins: readonly string[]): string =>
  `${CONTENT_SECURITY_POLICY.replace(/(script|style|connect)-src 'self'/g, `$& ${origins.join(' ')}`)}; ` +
  `frame-src ${origins.join(' ')}`;

/**
 * Headers of every answer. `same-origin` as referrer policy: with `no-referrer` browsers send
 * `Origin: null` along with forms.
 */
export function securityHeaders(publicUrl: string): Record<string, string> {
  return {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), otp-credentials=(self)',
    ...(publicUrl.startsWith('https:')
      ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }
      : {}),
  };
}
