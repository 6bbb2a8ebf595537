import { isCrossSite, isForeignCall } from './cross-site.js';

const publicUrl = 'https://accounts.example';
const post = (headers: Record<string, string | string[]>, at = publicUrl) =>
  isCrossSite({ method: 'POST', headers, publicUrl: at });

describe('an unsafe request', () => {
  it.each(['same-origin', 'none'])('passes with Sec-Fetch-Site: %s', (site) => {
    expect(post({ 'sec-fetch-site': site })).toBe(false);
  });

  it.each(['cross-site', 'same-site', '', 'same-origin, cross-site', 'SAME-ORIGIN'])(
    'is refused with Sec-Fetch-Site: %j',
    (site) => {
      expect(post({ 'sec-fetch-site': site })).toBe(true);
    },
  );

  it('is not saved by a right Origin when Sec-Fetch-Site says cross-site, nor harmed by a wrong one beside same-origin', () => {
    expect(post({ 'sec-fetch-site': 'cross-site', origin: publicUrl })).toBe(true);
    expect(post({ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' })).toBe(false);
  });

  it.each([
    'https://evil.example',
    'http://accounts.example',
    'https://accounts.example:8443',
    'https://accounts.example.evil.example',
    'https://sub.accounts.example',
    'null',
    '',
    'accounts.example',
  ])('without Sec-Fetch-Site is refused with Origin: %s', (origin) => {
    expect(post({ origin })).toBe(true);
  });

  it('without Sec-Fetch-Site passes with our own Origin', () => {
    expect(post({ origin: publicUrl })).toBe(false);
    expect(post({ origin: [publicUrl, 'https://evil.example'] })).toBe(true);
  });

  it('without either header comes from no browser and passes', () => {
    expect(post({})).toBe(false);
    expect(post({ referer: 'https://evil.example/' })).toBe(false);
  });

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    'on loopback passes from %s',
    (origin) => {
      expect(post({ origin }, 'http://127.0.0.1:3000')).toBe(false);
      expect(post({ origin }, 'http://127.0.0.1:4000')).toBe(true);
      expect(post({ origin: 'http://localhost.evil.example:3000' }, 'http://127.0.0.1:3000')).toBe(
        true,
      );
      expect(post({ origin: 'http://127.0.0.1.evil.example:3000' }, 'http://127.0.0.1:3000')).toBe(
        true,
      );
    },
  );

  it.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'post'])('may have any method: %s', (method) => {
    expect(isCrossSite({ method, headers: { 'sec-fetch-site': 'cross-site' }, publicUrl })).toBe(
      true,
    );
  });
});

it.each(['GET', 'HEAD', 'OPTIONS'])('%s changes nothing and passes from anywhere', (method) => {
  expect(
    isCrossSite({
      method,
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      publicUrl,
    }),
  ).toBe(false);
});

it('a call of the panel passes from our own pages only: an address typed into the bar is none', () => {
  const call = (headers: Record<string, string>) => isForeignCall({ headers, publicUrl });
  expect(call({ 'sec-fetch-site': 'same-origin' })).toBe(false);
  expect(call({ 'sec-fetch-site': 'none' })).toBe(true);
  expect(call({ 'sec-fetch-site': 'same-site' })).toBe(true);
  expect(call({ origin: 'https://evil.example' })).toBe(true);
  expect(call({})).toBe(false);
});
