import { jest } from '@jest/globals';
import { days } from '../../../src/common/clock.js';
import { startApp, type TestApp } from '../../support/start-app.js';
import { attacked, beside, NO_REQUEST_LIMITS } from '../attack.fixture.js';
import { ACCESS_HOLES } from './access.holes.js';
import { CODE_HOLES } from './codes.holes.js';
import { LIMIT_HOLES } from './limits.holes.js';
import { SESSION_HOLES } from './sessions.holes.js';

const HOLES = [...ACCESS_HOLES, ...CODE_HOLES, ...SESSION_HOLES, ...LIMIT_HOLES];

describe('a hole in the application is seen', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ environment: { ABUSE_LIMITS: 'enforce', ...NO_REQUEST_LIMITS } });
  });
  beforeEach(() => app.clock.advance(days(2)));
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => app.close());

  it.each(HOLES)('$attack: $what', async ({ attack, told, dig }) => {
    dig();
    const { report } = await attacked(app.url, [attack], {
      ABUSE_LIMITS: 'enforce',
      ...beside(app),
    });
    expect(report.attacks).toMatchObject([
      { name: attack, outcome: 'fail', told: expect.stringMatching(told) as string },
    ]);
  });
});
