import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Target } from '../../attack/target.js';
import { startApp } from '../support/start-app.js';
import { A_WHOLE_RUN, attacked, beside, runAttack } from './attack.fixture.js';

const NEEDS_CODES =
  'needs codes that cost nothing: set TEST_NUMBERS, or attack an instance with the local inbox';

/** A server that remembers who came, and answers as told. */
class Trap {
  readonly seen: string[] = [];
  status = 200;
  headers: Record<string, string> = {};
  /** Connections that it will close instead of answering. */
  cuts = 0;
  private readonly server: Server = createServer((request, response) => {
    this.seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    this.cuts -= 1;
    if (this.cuts >= 0) return void request.socket.destroy();
    response.writeHead(this.status, this.headers).end('{"status":"up","code":"too_many_requests"}');
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe('attack keeps to its bounds', () => {
  let trap: Trap;
  let other: Trap;
  beforeEach(async () => {
    trap = await new Trap().start();
    other = await new Trap().start();
  });
  afterEach(() => {
    trap.close();
    other.close();
  });

  it.each([
    [[], /say --self/],
    [['--self', '--target', 'http://accounts.example'], /accounts\.example is not this machine/],
    [
      ['--self', '--target', 'https://accounts.example', '--i-own', 'other.example'],
      /--i-own names other\.example/,
    ],
    [
      ['--self', '--target', 'https://accounts.example', '--proof', '/nowhere'],
      /file of --proof cannot be read/,
    ],
    [['--self', '--target', 'ftp://127.0.0.1'], /must be an http or https origin/],
    [['--self', '--target', 'http://me:secret@127.0.0.1'], /must be an http or https origin/],
    [['--self', '--only', 'guessing', 'dancing'], /no attack dancing\. There are: .*guessing/],
    [
      ['--self', '--target', 'http://127.0.0.1:1'],
      /No Ringback answers at http:\/\/127\.0\.0\.1:1/,
    ],
  ] as const)('%j is refused with 2', async (flags, sentence) => {
    const { status, output, error } = await runAttack(flags);
    expect({ status, output }).toEqual({ status: 2, output: '' });
    expect(error).toMatch(sentence);
    expect(error).not.toContain('secret');
  });

  it('a redirect leads it nowhere', async () => {
    Object.assign(trap, { status: 302, headers: { location: `${other.url}/health/live` } });
    const { status, error } = await attacked(trap.url);
    expect({ status, error }).toEqual({
      status: 2,
      error: `No Ringback answers at ${trap.url}.\n`,
    });
    expect({ trap: trap.seen, other: other.seen }).toEqual({
      trap: ['GET /health/live'],
      other: [],
    });
  });

  it('sends no more than so many requests, and waits no longer than so long', async () => {
    const few = new Target(trap.url, { requests: 2, time: 60_000, patience: 1000 });
    for (const path of ['/a', '/b']) await few.send({ method: 'GET', path });
    await expect(few.send({ method: 'GET', path: '/c' })).rejects.toThrow(
      "the run's 2 requests are used up",
    );
    const late = new Target(trap.url, { requests: 2, time: -1, patience: 1000 });
    await expect(late.send({ method: 'GET', path: '/d' })).rejects.toThrow(/minutes are over/);
    expect(trap.seen).toEqual(['GET /a', 'GET /b']);
    few.close();
  });

  it('asks once more where a kept connection ends without a byte, and tells what ends one of its own', async () => {
    const target = new Target(trap.url);
    const get = (path: string) => target.send({ method: 'GET', path });
    expect((await get('/kept')).status).toBe(200);
    trap.cuts = 1;
    expect((await get('/again')).status).toBe(200);
    trap.cuts = 1;
    await expect(get('/its-own')).rejects.toThrow('No whole answer came (ECONNRESET).');
    expect(trap.seen).toEqual(['GET /kept', 'GET /again', 'GET /again', 'GET /its-own']);
    target.close();
  });

  it('waits once where a request limit asks for a minute at most, unless the limit is what is judged', async () => {
    const pauses: number[] = [];
    const target = new Target(trap.url, undefined, (milliseconds) =>
      Promise.resolve(pauses.push(milliseconds)),
    );
    const ask = { method: 'GET', path: '/' };
    for (const seconds of [7, 60, 61, 0]) {
      Object.assign(trap, { status: 429, headers: { 'retry-after': String(seconds) } });
      expect((await target.send(ask)).isLimited).toBe(true);
      expect((await target.once.send(ask)).isLimited).toBe(true);
    }
    expect(pauses).toEqual([7000, 60_000]);
    expect(trap.seen).toHaveLength(4 * 2 + pauses.length);
    target.close();
  });

  it('--prove makes a proof for the target and tells where to serve it', async () => {
    const { status, output, error } = await runAttack([
      '--prove',
      '--target',
      'https://accounts.example',
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ origin: 'https://accounts.example' });
    expect(error).toContain('https://accounts.example/.well-known/ringback-attack.txt');
  });

  describe('on an instance with a real sender', () => {
    const NUMBERS = ['201', '202', '203', '205', '206']
      .map((area, index) => `+1${area}5550100=73100${index}`)
      .join(';');
    const authy = () => ({ VERIFICATION_PROVIDER: 'authy', AUTHY_KEY: 'key', AUTHY_URL: trap.url });
    const skippedOf = ({ report }: Awaited<ReturnType<typeof attacked>>) =>
      Object.fromEntries(
        report.attacks
          .filter(({ outcome }) => outcome === 'skipped')
          .map(({ name, told }) => [name, told]),
      );

    it(
      'it has nothing sent: what needs a code is named as skipped, the rest passes',
      async () => {
        const app = await startApp({ environment: { ...authy(), TEST_NUMBERS: NUMBERS } });
        // The settings are another instance's: its test numbers are none of this one's.
        const ran = await attacked(app.url, [], { ...authy(), TEST_NUMBERS: NUMBERS });
        await app.close();
        const skipped = skippedOf(ran);
        expect(skipped).toMatchObject({
          guessing: NEEDS_CODES,
          replay: NEEDS_CODES,
          'cross-site': NEEDS_CODES,
        });
        const passed = ran.report.attacks
          .filter(({ outcome }) => outcome === 'pass')
          .map(({ name }) => name);
        expect(passed).toEqual([
          'security-headers',
          'verbose-errors',
          'guarded-routes',
          'header-spoofing',
          'type-confusion',
          'growing-work',
          'password-spraying',
        ]);
        expect({ status: ran.status, sent: trap.seen }).toEqual({ status: 0, sent: [] });
      },
      A_WHOLE_RUN,
    );

    it(
      'its own TEST_NUMBERS serve, and still nothing is sent',
      async () => {
        const app = await startApp({ environment: { ...authy(), TEST_NUMBERS: NUMBERS } });
        const ran = await attacked(app.url, [], {
          ...authy(),
          TEST_NUMBERS: NUMBERS,
          PUBLIC_URL: app.url,
          ...beside(app),
        });
        await app.close();
        expect(Object.keys(skippedOf(ran))).toEqual([
          'racing-registrations',
          'pumping-by-prefix',
          'pumping-by-address',
        ]);
        expect({ status: ran.status, sent: trap.seen }).toEqual({ status: 0, sent: [] });
      },
      A_WHOLE_RUN,
    );
  });
});
