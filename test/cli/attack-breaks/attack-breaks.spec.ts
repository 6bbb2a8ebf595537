import { ATTACKS } from '../../../attack/all-attacks.js';
import { hours } from '../../../src/common/clock.js';
import { Meddler } from '../../support/meddler.js';
import { startApp, type TestApp } from '../../support/start-app.js';
import { attacked, NO_REQUEST_LIMITS } from '../attack.fixture.js';
import { ACCESS_HOLES } from '../attack-holes/access.holes.js';
import { LIMIT_HOLES } from '../attack-holes/limits.holes.js';
import { SESSION_HOLES } from '../attack-holes/sessions.holes.js';
import { ANSWER_BREAKS } from './answers.breaks.js';
import { CODE_BREAKS } from './codes.breaks.js';
import { REQUEST_BREAKS } from './requests.breaks.js';
import { SESSION_BREAKS } from './sessions.breaks.js';

const BREAKS = [...CODE_BREAKS, ...SESSION_BREAKS, ...ANSWER_BREAKS, ...REQUEST_BREAKS];
const PUMPING = ['pumping-by-prefix', 'pumping-by-address'];

describe('an attack that gets through is told', () => {
  let app: TestApp;
  let proxy: Meddler;
  beforeAll(async () => {
    app = await startApp();
    proxy = await new Meddler(app.url).start();
  });
  beforeEach(() => app.clock.advance(hours(1)));
  afterAll(async () => {
    await proxy.close();
    await app.close();
  });

  it.each(BREAKS)('$attack: $what', async ({ attack, told, make }) => {
    proxy.meddling = make();
    const { status, error, report } = await attacked(proxy.url, [attack]);
    expect(report.attacks).toMatchObject([
      { name: attack, outcome: 'fail', told: expect.stringMatching(told) as string },
    ]);
    expect({ status, error }).toEqual({ status: 1, error: '1 of 1 attacks got through.\n' });
    expect(report.attacks[0]?.request).not.toMatch(
      /(Bearer |session=)(?!\$|')|"password":"(?!\$|a"|b"|not-the)/,
    );
    expect(report.attacks[0]?.request).toMatch(
      /^curl -i --path-as-is -X [A-Z]+ 'http:\/\/127\.0\.0\.1:\d+\//,
    );
  });

  it.each(PUMPING)('%s: limits that are not held', async (attack) => {
    const { report } = await attacked(app.url, [attack], { ABUSE_LIMITS: 'enforce' });
    expect(report.attacks).toMatchObject([
      { name: attack, outcome: 'fail', told: expect.stringMatching(/got a message/) as string },
    ]);
  });

  it('pumping-by-address: a header believed from anybody', async () => {
    const environment = {
      ABUSE_LIMITS: 'enforce',
      TRUSTED_PROXIES: '127.0.0.1',
      ...NO_REQUEST_LIMITS,
    };
    const gullible = await startApp({ environment });
    const { report } = await attacked(gullible.url, ['pumping-by-address']);
    await gullible.close();
    expect(report.attacks).toMatchObject([
      { outcome: 'fail', told: 'A forged address got a message after the limit.' },
    ]);
  });

  it('nothing more is registered once a code went out that the inbox does not show', async () => {
    const registered: string[] = [];
    proxy.meddling = {
      before: ({ method, path }) => {
        if (method === 'POST' && path === '/api/v1/registration') registered.push(path);
        return path.startsWith('/dev/inbox.json')
          ? { status: 200, headers: {}, body: '{"messages":[]}' }
          : undefined;
      },
    };
    const only = ['guessing', 'replay', 'racing-registrations', ...PUMPING];
    const { status, report } = await attacked(proxy.url, only, { ABUSE_LIMITS: 'enforce' });
    const told = 'a code went out that cannot be read here, so nothing more is registered';
    expect(report.attacks).toMatchObject(only.map(() => ({ outcome: 'skipped', told })));
    expect({ status, registered }).toEqual({ status: 2, registered: ['/api/v1/registration'] });
  });

  it('each attack has its break, here or inside the application', () => {
    const broken = new Set(
      [...BREAKS, ...ACCESS_HOLES, ...SESSION_HOLES, ...LIMIT_HOLES].map(({ attack }) => attack),
    );
    expect([...broken].sort()).toEqual(ATTACKS.map(({ name }) => name).sort());
  });
});
