import { startApp, type TestApp } from '../support/start-app.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

describe('what finds a request again', () => {
  let proxied: TestApp;
  let direct: TestApp;
  beforeAll(async () => {
    [proxied, direct] = await Promise.all([
      startApp({ environment: { TRUSTED_PROXIES: '127.0.0.1' } }),
      startApp(),
    ]);
  });
  afterAll(() => Promise.all([proxied.close(), direct.close()]));

  const ask = async (app: TestApp, headers: Record<string, string>, path = '/api/v1/me') => {
    const answer = await fetch(app.url + path, { headers });
    const { request_id: told } = (await answer.json()) as { request_id: string };
    const id = answer.headers.get('x-request-id') ?? '';
    expect(told).toBe(id);
    const line = app.logs
      .map((one) => JSON.parse(one) as Record<string, unknown>)
      .find((one) => one['request_id'] === id);
    return { id, line, answer };
  };

  it.each([
    'abc',
    '01HX:edge/7.4@eu-1',
    'Root=1-67891233-abcdef012345678912345678',
    'x'.repeat(128),
  ])("a trusted proxy's X-Request-Id %s is kept, in answer and log", async (given) => {
    const { id, line } = await ask(proxied, { 'x-request-id': given });
    expect([id, line?.['route']]).toEqual([given, '/api/v1/me']);
    expect((await ask(proxied, { 'x-request-id': given }, '/api/v1/nothing')).id).toBe(given);
    expect((await ask(proxied, { 'x-request-id': given }, '/api/v1/%zz')).id).toBe(given);
  });

  const NO_IDS = ['', ' ', 'a b', 'x'.repeat(129), '"quoted"', '{"a":1}', '<script>', 'ü', 'a, b'];
  it.each(NO_IDS)('%j is no id, and replaced', async (given) => {
    expect(
      (await ask(proxied, { 'x-request-id': Buffer.from(given).toString('latin1') })).id,
    ).toMatch(UUID);
  });

  it('of anybody else it is not believed', async () => {
    expect((await ask(direct, { 'x-request-id': 'mine' })).id).toMatch(UUID);
  });

  it.each([
    `00-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-00`,
    `cc-${TRACE}-${PARENT}-01-what-comes-later`,
  ])('the trace %s is kept', async (traceparent) => {
    const { line, answer } = await ask(direct, { traceparent });
    expect(line).toMatchObject({ trace_id: TRACE, parent_id: PARENT });
    expect(answer.headers.get('traceparent')).toBe(traceparent);
  });

  it.each([
    '',
    'junk',
    `ff-${TRACE}-${PARENT}-01`,
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01-more`,
    `00-${TRACE}-${PARENT}`,
    `00-${TRACE}-${PARENT}-01 `.repeat(2),
    `cc-${TRACE}-${PARENT}-01-${'x'.repeat(300)}`,
  ])('%j is no trace', async (traceparent) => {
    const { line, answer } = await ask(direct, { traceparent });
    expect(line).not.toHaveProperty('trace_id');
    expect(answer.headers.get('traceparent')).toBeNull();
  });
});
