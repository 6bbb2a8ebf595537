import {
  meaningOfAll,
  meaningOfHttp,
  refused,
  throttled,
  unavailable,
  unknown,
  withWait,
} from './gateway-meaning.js';

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
