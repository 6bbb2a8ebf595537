import { readJson, retryAfterOf } from './gateway-reply.js';

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
