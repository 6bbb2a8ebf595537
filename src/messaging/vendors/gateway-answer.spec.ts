import {
  meaningOfAll,
  meaningOfHttp,
  readJson,
  refused,
  retryAfterOf,
  throttled,
  unavailable,
  unknown,
  withWait,
} from './gateway-answer.js';

describe('meaningOfHttp', () => {
  const badKey = unavailable('check the key');

  it.each([
    [200, unknown],
    [202, unknown],
    [204, unknown],
    [302, unavailable()],
    [400, unavailable()],
    [401, badKey],
    [403, badKey],
    [404, unavailable()],
    [429, throttled],
    [500, unavailable()],
    [502, unknown],
    [503, unavailable()],
    [504, unknown],
  ])('%d', (status, meaning) => {
    expect(meaningOfHttp(status, badKey)).toEqual(meaning);
  });
});

describe('meaningOfAll', () => {
  it('puts first what the operator must mend', () => {
    expect(
      meaningOfAll([refused('invalid_number'), unavailable(), unavailable('mend it')]),
    ).toEqual(unavailable('mend it'));
  });

  it('refuses a number only when everything is about it', () => {
    expect(meaningOfAll([refused('blocked'), unknown])).toEqual(unknown);
    expect(meaningOfAll([refused('blocked'), refused('unreachable')])).toEqual(refused('blocked'));
  });
});

describe('withWait', () => {
  const headers = new Headers({ 'Retry-After': '30' });

  it('tells how long to wait, where waiting helps', () => {
    expect(withWait(throttled, headers)).toEqual({
      result: { outcome: 'throttled', retryAfter: 30 },
    });
    expect(withWait(unavailable('mend it'), headers)).toEqual(unavailable('mend it'));
  });
});

describe('readJson', () => {
  it('reads a JSON value', () => {
    expect(readJson('{"status":"0"}')).toEqual({ status: '0' });
  });

  it.each([null, '', '<html></html>', '{"status":"0"', '{} {}'])(
    'reads nothing from %j',
    (body) => {
      expect(readJson(body)).toBeUndefined();
    },
  );
});

describe('retryAfterOf', () => {
  const waitOf = (value: string) => retryAfterOf(new Headers({ 'Retry-After': value }));

  it('reads whole seconds up to an hour', () => {
    expect(['1', '30', '3600'].map(waitOf)).toEqual([1, 30, 3600]);
  });

  it.each(['0', '-5', '3601', '999999', '1.5', 'soon', '', 'Wed, 21 Oct 2115 07:28:00 GMT'])(
    'trusts no %j',
    (value) => {
      expect(waitOf(value)).toBeUndefined();
    },
  );

  it('is undefined without the header', () => {
    expect(retryAfterOf(new Headers())).toBeUndefined();
  });
});
