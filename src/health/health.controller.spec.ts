import { Module } from '@nestjs/common';
import { jest } from '@jest/globals';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { testFolder } from '../../test/support/folder.js';
import { entities } from '../entities.js';
import { AuthModule } from '../auth/auth.module.js';
import { ConfigModule } from '../config/config.module.js';
import { loadSettings } from '../load-settings.js';
import { openDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { HealthModule } from './health.module.js';
import { Metrics } from './metrics.js';

describe('health', () => {
  const folder = testFolder('health');
  const settings = loadSettings({
    NODE_ENV: 'test',
    SECRET_KEY: 'k'.repeat(32),
    DATABASE_URL: `sqlite:${folder}/ringback.sqlite`,
  });
  let app: NestFastifyApplication;

  // With the guards that deny by default, so that an opt-out forgotten would show.
  @Module({
    imports: [
      ConfigModule.with(settings),
      openDatabase(entities, { isServer: true }),
      AuthModule,
      HealthModule,
    ],
  })
  class App {}

  beforeEach(async () => {
    app = (
      await Test.createTestingModule({ imports: [App] }).compile()
    ).createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  const get = async (url: string) => {
    const { statusCode, payload, headers } = await app.inject({ url });
    return { statusCode, payload, cache: headers['cache-control'] };
  };
  const up = { statusCode: 200, payload: '{"status":"up"}', cache: 'no-store' };
  const down = { statusCode: 503, payload: '{"status":"down"}', cache: 'no-store' };
  const notReady = async () =>
    (await app.get(Metrics).metrics())
      .split('\n')
      .filter((line) => line.startsWith('ringback_not_ready{'));
  const database = () => jest.spyOn(app.get(UnitOfWork, { strict: false }), 'read');

  it.each(['/health/live', '/health/ready'])(
    '%s is up for a stranger, and nothing more',
    async (url) => {
      expect(await get(url)).toEqual(up);
    },
  );

  it('a database that is gone: not ready, still live, and no word of why', async () => {
    database().mockRejectedValue(new Error('Access denied for user ringback@db.internal'));
    expect(await get('/health/ready')).toEqual(down);
    expect(await get('/health/live')).toEqual(up);
  });

  it('a database that does not answer within a second: not ready', async () => {
    database().mockReturnValue(new Promise(() => undefined));
    expect(await get('/health/ready')).toEqual(down);
  });

  it('a database that takes no writes: not ready, and the metrics say why, until it takes them again', async () => {
    const only = (word: string) => app.get(DataSource).query(`PRAGMA query_only = ${word}`);
    await only('ON');
    expect(await get('/health/ready')).toEqual(down);
    expect(await notReady()).toEqual(['ringback_not_ready{cause="database_read_only"} 1']);
    await only('OFF');
    expect(await get('/health/ready')).toEqual(up);
    expect(await notReady()).toEqual(['ringback_not_ready{cause="none"} 0']);
  });

  it('a database whose lock another process keeps: not ready', async () => {
    const holder = spawn(process.execPath, [
      'test/support/hold-lock.mjs',
      path.join(folder, 'ringback.sqlite'),
    ]);
    await once(holder.stdout, 'data');
    while ((await get('/health/ready')).statusCode === 200);
    expect(await notReady()).toEqual(['ringback_not_ready{cause="database_locked"} 1']);
    holder.stdin.write('go');
    await once(holder, 'exit');
    expect(await get('/health/ready')).toEqual(up);
  });

  it('whoever asks often costs one write in five seconds', async () => {
    const write = jest.spyOn(app.get(UnitOfWork, { strict: false }), 'write');
    for (let count = 0; count < 50; count += 1) await get('/health/ready');
    expect(write.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it('a database without its tables: not ready', async () => {
    const rename = (from: string, to: string) =>
      app
        .get(UnitOfWork, { strict: false })
        .write((manager) => manager.query(`ALTER TABLE ${from} RENAME TO ${to}`));
    await rename('migrations', 'gone');
    expect(await get('/health/ready')).toEqual(down);
    await rename('gone', 'migrations');
    expect(await get('/health/ready')).toEqual(up);
  });
});
