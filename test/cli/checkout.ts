import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Stands for the compiler: copies `src/*.js`, as TypeScript would leave it, and notes that it ran.
 */
const COMPILER = `import { appendFileSync, cpSync, existsSync, rmSync } from 'node:fs';
  appendFileSync('builds.log', 'built\\n');
  await new Promise((resolve) => setTimeout(resolve, 100));
  rmSync('builds/next', { recursive: true, force: true });
  cpSync('src', 'builds/next/dist/src', { recursive: true });
  process.exit(existsSync('src/broken.js') ? 2 : 0);`;

/** The user that tests without rights run as, where the tests are root, whom nothing is refused. */
const NOBODY = process.getuid?.() === 0 ? 65_534 : undefined;

/**
 * A small project with the product's own scripts, in a folder of its own: what is started and built
 * there takes no time.
 */
export class Checkout {
  readonly root = mkdtempSync(path.join(tmpdir(), 'ringback-checkout-'));

  constructor() {
    chmodSync(this.root, 0o755);
    mkdirSync(this.at('scripts'));
    for (const name of readdirSync('scripts'))
      copyFileSync(`scripts/${name}`, this.at(`scripts/${name}`));
    this.write('node_modules/@nestjs/cli/package.json', '{"type":"module"}');
    this.write('node_modules/@nestjs/cli/bin/nest.js', COMPILER);
    symlinkSync(path.resolve('node_modules/libsql'), this.at('node_modules/libsql'));
    copyFileSync('nest-cli.json', this.at('nest-cli.json'));
    this.promise('>=20.0.0');
    this.write('src/cli.js', "console.log('one')");
    this.write(
      'src/main.js',
      "console.log('serves'); process.stdin.once('data', () => import('./late.js'))",
    );
    this.write('src/late.js', "console.log('late'); process.exit(0)");
  }

  at(name: string): string {
    return path.join(this.root, name);
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(this.at(name)), { recursive: true });
    writeFileSync(this.at(name), text);
  }

  /** Sets the range of Node versions. */
  promise(node: string): void {
    this.write('package.json', JSON.stringify({ type: 'module', engines: { node } }));
  }

  run(script: string, environment: NodeJS.ProcessEnv = {}, user?: number) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [this.at(`scripts/${script}.mjs`)],
      {
        ...this.started(environment),
        encoding: 'utf8',
        input: '',
        timeout: 20_000,
        ...(user === undefined ? {} : { uid: user }),
      },
    );
    return { status, stdout, stderr };
  }

  /** The same without any right to write where it is not given. */
  runAsNobody(script: string, environment: NodeJS.ProcessEnv = {}) {
    return this.run(script, environment, NOBODY);
  }

  start(script: string): ChildProcess {
    return spawn(process.execPath, [this.at(`scripts/${script}.mjs`)], {
      ...this.started(),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  }

  private started(environment: NodeJS.ProcessEnv = {}) {
    return { cwd: this.root, env: { PATH: process.env['PATH'], PORT: '0', ...environment } };
  }

  get builds(): number {
    return existsSync(this.at('builds.log'))
      ? readFileSync(this.at('builds.log'), 'utf8').split('\n').length - 1
      : 0;
  }

  /** Where `dist` leads to. */
  get last(): string {
    return readlinkSync(this.at('dist'));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
