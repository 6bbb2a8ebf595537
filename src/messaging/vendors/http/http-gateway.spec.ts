import type { HttpGatewayEnvironment } from './http-gateway.js';
import { readHttpGateway } from './http-gateway.reader.js';

const good: HttpGatewayEnvironment = {
  HTTP_SMS_URL: 'https://gateway.example/send',
  HTTP_SMS_METHOD: 'POST',
  HTTP_SMS_HEADERS: '{"Authorization": "Bearer key-that-stays-secret"}',
  HTTP_SMS_BODY: '{"to": "{to}", "text": "{text}"}',
};

describe('the settings of a gateway', () => {
  const read = (change: Partial<HttpGatewayEnvironment>) => readHttpGateway({ ...good, ...change });
  const problems = (change: Partial<HttpGatewayEnvironment>) => read(change).problems;

  it('are read whole', () => {
    const secret = 'x'.repeat(32);
    expect(
      read({
        HTTP_SMS_SUCCESS: '/messages/0/status=0',
        HTTP_SMS_ID: '/messages/0/id',
        HTTP_SMS_RECEIPT_SECRET: secret,
        HTTP_SMS_REASONS: ' /error/code ; 21=invalid_number; a = b = throttled ;',
        HTTP_SMS_STATUSES: 'OK=delivered;KO=failed',
      }),
    ).toEqual({
      problems: [],
      gateway: {
        url: 'https://gateway.example/send',
        method: 'POST',
        headers: {
          Authorization: 'Bearer key-that-stays-secret',
          'Content-Type': 'application/json',
        },
        body: { template: good.HTTP_SMS_BODY, context: 'json' },
        success: { at: '/messages/0/status', is: 0 },
        id: '/messages/0/id',
        reasons: {
          at: '/error/code',
          means: new Map([
            ['21', 'invalid_number'],
            ['a = b', 'throttled'],
          ]),
        },
        receipts: {
          secret,
          statuses: new Map([
            ['OK', 'delivered'],
            ['KO', 'failed'],
          ]),
        },
      },
    });
  });

  it('may be few', () => {
    const few = {
      HTTP_SMS_URL: 'https://gateway.example/send?to={to_digits}&text={text}',
      HTTP_SMS_METHOD: 'GET',
    } as const;
    expect(readHttpGateway(few)).toEqual({
      problems: [],
      gateway: { url: few.HTTP_SMS_URL, method: 'GET', headers: {} },
    });
  });

  it.each([
    ['{"to":"{to}","code":"{code}"}', undefined, 'json', 'application/json'],
    [' ["{to}", "{text}"]', undefined, 'json', 'application/json'],
    ['to={to}&text={text}', undefined, 'form', 'application/x-www-form-urlencoded'],
    ['<a>{to} {text}</a>', 'application/xml', 'xml', 'application/xml'],
    ['{to} {text}', 'text/plain', 'plain', 'text/plain'],
    ['{"to": {to_digits}, "ttl": {ttl}, "text": "{text}"}', undefined, 'json', 'application/json'],
  ])('a body %j of type %j is %s', (template, type, context, sent) => {
    const headers = type === undefined ? '{}' : JSON.stringify({ 'CONTENT-type': type });
    const { gateway, problems: none } = read({
      HTTP_SMS_BODY: template,
      HTTP_SMS_HEADERS: headers,
    });
    expect(none).toEqual([]);
    expect(gateway.body?.context).toBe(context);
    expect(Object.entries(gateway.headers)).toEqual([
      [type === undefined ? 'Content-Type' : 'CONTENT-type', sent],
    ]);
  });

  const placeholders =
    '{to}, {to_digits}, {text}, {code}, {locale}, {ttl}, {reference}, {callback_url}, {country}';
  const aboutJson =
    'is no JSON; placeholders stand inside quotes, only {ttl} and {to_digits} may do without';
  const words = 'must be WORD=OURS, separated by semicolons, ours being one of';
  const refusals =
    'invalid_number, landline, unsupported_country, unreachable, opted_out, blocked, throttled, unavailable';
  const reasons = `${words} ${refusals}`;

  it.each<[string, Partial<HttpGatewayEnvironment>]>([
    [
      `HTTP_SMS_BODY: {phone} is no placeholder; there are ${placeholders}`,
      { HTTP_SMS_BODY: '["{to}{phone}","{text}"]' },
    ],
    [
      'HTTP_SMS_BODY: placeholders have one brace on each side, e.g. {to}',
      { HTTP_SMS_BODY: '{"to":"{{to}}","text":"{text}"}' },
    ],
    [`HTTP_SMS_BODY: ${aboutJson}`, { HTTP_SMS_BODY: '{"to":"{to}","text":{text}}' }],
    [`HTTP_SMS_BODY: ${aboutJson}`, { HTTP_SMS_BODY: '{"to":"{to}","code":{code}}' }],
    [`HTTP_SMS_BODY: ${aboutJson}`, { HTTP_SMS_BODY: '{"to":{to},"code":"{code}"}' }],
    [`HTTP_SMS_BODY: ${aboutJson}`, { HTTP_SMS_BODY: '{"to":"{to}","text":"{text}"' }],
    ['HTTP_SMS_BODY: is nothing that a GET has; use POST or PUT', { HTTP_SMS_METHOD: 'GET' }],
    [
      'HTTP_SMS_BODY: content-type must be JSON, a form, XML or plain text, for values to be written safely',
      { HTTP_SMS_HEADERS: '{"content-type": "text/html"}' },
    ],
    [
      'HTTP_SMS_URL: {to} or {to_digits} must stand in the address, a header or the body',
      { HTTP_SMS_BODY: '{"text":"{text}"}' },
    ],
    [
      'HTTP_SMS_URL: {text} or {code} must stand in the address, a header or the body',
      { HTTP_SMS_BODY: '{"to":"{to}"}' },
    ],
    [
      'HTTP_SMS_URL: must be an address that begins with https://',
      { HTTP_SMS_URL: 'gateway.example/send' },
    ],
    [
      'HTTP_SMS_URL: must be an address that begins with https://',
      { HTTP_SMS_URL: 'https:///send' },
    ],
    ['HTTP_SMS_URL: must be an address that begins with https://', { HTTP_SMS_URL: undefined }],
    [
      'HTTP_SMS_URL: must have no placeholder in its host',
      { HTTP_SMS_URL: 'https://{country}.gateway.example/' },
    ],
    [
      'HTTP_SMS_URL: must have no placeholder in its host',
      { HTTP_SMS_URL: 'https://gateway.example:{ttl}/' },
    ],
    [
      'HTTP_SMS_URL: must hold no name or password before its host; put them into HTTP_SMS_HEADERS',
      { HTTP_SMS_URL: 'https://me:key-that-stays-secret@gateway.example/' },
    ],
    [
      'HTTP_SMS_URL: must have no #; what follows is never sent',
      { HTTP_SMS_URL: 'https://gateway.example/#{to}' },
    ],
    ['HTTP_SMS_URL: is no address', { HTTP_SMS_URL: 'https://gateway.example/a b' }],
    ['HTTP_SMS_URL: is no address', { HTTP_SMS_URL: 'https://gateway.example:99999/' }],
    [
      `HTTP_SMS_URL: {msisdn} is no placeholder; there are ${placeholders}`,
      { HTTP_SMS_URL: 'https://gateway.example/{msisdn}' },
    ],
    [
      'HTTP_SMS_HEADERS: must be a JSON object of texts, e.g. {"Authorization": "Bearer KEY"}',
      { HTTP_SMS_HEADERS: 'Authorization: Bearer key-that-stays-secret' },
    ],
    [
      'HTTP_SMS_HEADERS: must be a JSON object of texts, e.g. {"Authorization": "Bearer KEY"}',
      { HTTP_SMS_HEADERS: '{"A": 1}' },
    ],
    [
      'HTTP_SMS_HEADERS: must be a JSON object of texts, e.g. {"Authorization": "Bearer KEY"}',
      { HTTP_SMS_HEADERS: '["A"]' },
    ],
    ['HTTP_SMS_HEADERS: has a name that is none of a header', { HTTP_SMS_HEADERS: '{"A B": "x"}' }],
    ['HTTP_SMS_HEADERS: has a name that is none of a header', { HTTP_SMS_HEADERS: '{"": "x"}' }],
    ['HTTP_SMS_HEADERS: Host is not for a setting to say', { HTTP_SMS_HEADERS: '{"Host": "x"}' }],
    [
      'HTTP_SMS_HEADERS: Content-Length is not for a setting to say',
      { HTTP_SMS_HEADERS: '{"Content-Length": "1"}' },
    ],
    [
      'HTTP_SMS_HEADERS: X-A must be one line of plain ASCII',
      { HTTP_SMS_HEADERS: '{"X-A": "a\\r\\nX-B: b"}' },
    ],
    ['HTTP_SMS_HEADERS: X-A must be one line of plain ASCII', { HTTP_SMS_HEADERS: '{"X-A": "é"}' }],
    [
      'HTTP_SMS_HEADERS: X-A has a word in braces that is no placeholder',
      { HTTP_SMS_HEADERS: '{"X-A": "{secret}"}' },
    ],
    [
      'HTTP_SMS_HEADERS: X-A has a word in braces that is no placeholder',
      { HTTP_SMS_HEADERS: '{"X-A": "{{to}}"}' },
    ],
    [
      'HTTP_SMS_HEADERS: X-A cannot carry {text}, which has several lines; {code} is one word',
      { HTTP_SMS_HEADERS: '{"X-A": "{text}"}' },
    ],
    [
      'HTTP_SMS_SUCCESS: must begin with a JSON pointer, e.g. /messages/0/status',
      { HTTP_SMS_SUCCESS: 'status=ok' },
    ],
    [
      'HTTP_SMS_SUCCESS: must begin with a JSON pointer, e.g. /messages/0/status',
      { HTTP_SMS_SUCCESS: '=ok' },
    ],
    [
      'HTTP_SMS_SUCCESS: must have a text, a number, true, false or null after =',
      { HTTP_SMS_SUCCESS: '/status={"a":1}' },
    ],
    [
      'HTTP_SMS_SUCCESS: must have a text, a number, true, false or null after =',
      { HTTP_SMS_SUCCESS: '/status=[]' },
    ],
    ['HTTP_SMS_ID: must begin with a JSON pointer, e.g. /messages/0/status', { HTTP_SMS_ID: 'id' }],
    [
      'HTTP_SMS_ID: must begin with a JSON pointer, e.g. /messages/0/status',
      { HTTP_SMS_ID: '/a~2' },
    ],
    [
      'HTTP_SMS_REASONS: must begin with a JSON pointer, e.g. /messages/0/status',
      { HTTP_SMS_REASONS: '21=invalid_number' },
    ],
    [
      'HTTP_SMS_REASONS: must say what a word means, e.g. /error/code;21=invalid_number',
      { HTTP_SMS_REASONS: '/error' },
    ],
    [`HTTP_SMS_REASONS: ${reasons}`, { HTTP_SMS_REASONS: '/a;1=bad' }],
    [`HTTP_SMS_REASONS: ${reasons}`, { HTTP_SMS_REASONS: '/a;=blocked' }],
    [`HTTP_SMS_REASONS: ${reasons}`, { HTTP_SMS_REASONS: '/a;blocked' }],
    [
      `HTTP_SMS_STATUSES: ${words} queued, sent, delivered, failed, expired, unknown`,
      { HTTP_SMS_STATUSES: 'OK=great' },
    ],
    [
      'HTTP_SMS_RECEIPT_SECRET: must have at least 32 characters',
      { HTTP_SMS_RECEIPT_SECRET: 'x'.repeat(31) },
    ],
    [
      'HTTP_SMS_RECEIPT_SECRET: is required where {callback_url} asks for receipts',
      { HTTP_SMS_BODY: '{"to":"{to}","text":"{text}","url":"{callback_url}"}' },
    ],
  ])('%s', (sentence, change) => {
    expect(problems(change)).toEqual([sentence]);
  });

  it('shows all problems at once, and no secret', () => {
    const all = problems({
      HTTP_SMS_URL: 'https://{to}/',
      HTTP_SMS_HEADERS: 'key-that-stays-secret',
      HTTP_SMS_SUCCESS: 'key-that-stays-secret',
      HTTP_SMS_BODY: '{"key-that-stays-secret": 1',
      HTTP_SMS_RECEIPT_SECRET: 'key-that-stays-secret',
    });
    const names = ['HEADERS', 'SUCCESS', 'RECEIPT_SECRET', 'URL', 'BODY', 'URL'];
    expect(all.map((sentence) => sentence.split(':')[0])).toEqual(
      names.map((name) => `HTTP_SMS_${name}`),
    );
    expect(all.join()).not.toContain('key-that-stays-secret');
  });
});
