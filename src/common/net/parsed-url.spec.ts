import { parsedUrl } from './parsed-url.js';

describe('the address of a text', () => {
  it.each([
    ['https://bücher.example', undefined, 'https://xn--bcher-kva.example/'],
    ['/café', 'http://localhost', 'http://localhost/caf%C3%A9'],
    ['https://中文.example', undefined, 'https://xn--fiq228c.example/'],
  ])('is found in %s, however often it is asked for', (text, base, href) => {
    for (let times = 0; times < 20_000; times += 1) parsedUrl(text, base);
    expect(parsedUrl(text, base)?.href).toBe(href);
  });

  it.each(['https://', 'no address', 'https://a b.example', ''])('is null for %s', (text) => {
    expect(parsedUrl(text)).toBeNull();
  });
});
