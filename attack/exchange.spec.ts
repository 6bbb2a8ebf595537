import { Answer, curlOf } from './exchange.js';

describe('the line that repeats a request', () => {
  const secrets = new Map([
    ['t0ken', '$TOKEN'],
    ['s3cret', '$PASSWORD'],
  ]);
  const body = '{"password":"s3cret","name":"O\'Neil"}';

  it('names secrets and does not show them, in the path, the headers and the body', () => {
    const ask = {
      method: 'POST',
      path: '/login/?t=t0ken',
      headers: { authorization: 'Bearer t0ken' },
      body,
    };
    expect(curlOf('http://127.0.0.1:3000', ask, secrets)).toBe(
      "curl -i --path-as-is -X POST 'http://127.0.0.1:3000/login/?t=$TOKEN' -H 'authorization: Bearer $TOKEN' " +
        `-d '{"password":"$PASSWORD","name":"O'\\''Neil"}'`,
    );
  });

  it('is harmless for a terminal, and short', () => {
    const line = curlOf(
      'http://x',
      { method: 'POST', path: '/\u001b[2J', body: 'a'.repeat(5000) },
      secrets,
    );
    expect(line).toBe("curl -i --path-as-is -X POST 'http://x/?[2J' -d '…' # 5000 bytes");
  });
});

describe('an answer', () => {
  const answer = (text: string, cookies: string[] = []) =>
    new Answer({ method: 'GET', path: '/' }, 200, { 'set-cookie': cookies }, text, 1);

  it('has an empty object where the body is none', () => {
    for (const text of ['', 'null', '7', '<html>']) expect(answer(text).json).toEqual({});
    expect(answer('{"code":"busy"}').code).toBe('busy');
    expect(answer('{"code":7}').code).toBe('');
  });

  it('knows the session cookie, whatever else is set, and not the one that is taken away', () => {
    expect(answer('', ['message=x; Path=/', '__Host-session=abc; Path=/']).sessionCookie).toBe(
      '__Host-session=abc',
    );
    expect(answer('', ['session=; Max-Age=0']).sessionCookie).toBe('');
  });
});
