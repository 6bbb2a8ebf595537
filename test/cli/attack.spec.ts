import { ATTACKS } from '../../src/cli/attack/all-attacks.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { attacked } from './attack.fixture.js';

const outcomes = ({ attacks }: Awaited<ReturnType<typeof attacked>>['report']) =>
  attacks.filter(({ outcome }) => outcome !== 'pass').map(({ name, outcome, told }) => `${outcome} ${name}: ${told}`);

describe.each(['enforce', 'record'] as const)('attack --self on an instance with ABUSE_LIMITS=%s', (limits) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ environment: { ABUSE_LIMITS: limits } });
  });
  afterAll(() => app.close());

  it('nothing gets through', async () => {
    const { status, error, report } = await attacked(app.url, [], { ABUSE_LIMITS: limits });
    const pumping = ['pumping-by-prefix', 'pumping-by-address'];
    const letThrough = pumping.map((name) => `skipped ${name}: ABUSE_LIMITS=record lets it through`);
    expect(outcomes(report)).toEqual(limits === 'record' ? letThrough : []);
    expect({ status, error }).toEqual({ status: 0, error: '' });
    expect(report.attacks).toHaveLength(ATTACKS.length);
    console.log(JSON.stringify(report, null, 1));
  });
});
