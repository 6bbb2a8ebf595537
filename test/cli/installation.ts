import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { entities } from '../../src/entities.js';
import { run } from '../../src/cli/run.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import type { FakeTerminal } from './fake-terminal.js';

export const SECRET_KEY = 'a key of more than thirty-two characters';

export interface Ran {
  status: number;
  output: string;
  error: string;
}

/** A fresh embedded database in a folder of its own, and commands run on it. */
export class Installation {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'ringback-cli-'));
  readonly file = path.join(this.folder, 'ringback.sqlite');
  readonly environment: Record<string, string> = {
    NODE_ENV: 'test',
    BCRYPT_COST: '4',
    SECRET_KEY,
    DATABASE_URL: `sqlite:${this.file}`,
  };

  /** Without a terminal. */
  async run(command: string, environment: Record<string, string> = {}): Promise<Ran> {
    const ran = { output: '', error: '' };
    const input = new PassThrough();
    const io = {
      input,
      output: { write: (text: string) => (ran.output += text) },
      error: { write: (text: string) => (ran.error += text) },
      environment: { ...this.environment, ...environment },
    };
    const status = await run(command.split(' '), io, entities);
    input.destroy();
    return { status, ...ran };
  }

  /** At a terminal. */
  runAt(terminal: FakeTerminal, command: string): Promise<number> {
    return run(command.split(' '), terminal.io(this.environment), entities);
  }

  async rows<T extends ObjectLiteral>(entity: EntityTarget<T>): Promise<T[]> {
    return this.query((dataSource) => dataSource.manager.find(entity));
  }

  async query<T>(ask: (dataSource: DataSource) => Promise<T>): Promise<T> {
    const dataSource = await new DataSource(
      dataSourceOptions({ kind: 'sqlite', file: this.file }, entities),
    ).initialize();
    try {
      return await ask(dataSource);
    } finally {
      await dataSource.destroy();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
