import { Module } from '@nestjs/common';
import { jest } from '@jest/globals';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { entities } from '../app.entities.js';
import { AuthModule } from '../auth/auth.module.js';
import { ConfigModule } from '../config/config.module.js';
import { loadSettings } from '../config/load-settings.js';
import { openDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { HealthModule } from './health.module.js';

describe('health', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ringback-health-'));
  const settings = loadSettings({
    NODE_ENV: 'test',
    SECRET_KEY: 'k'.repeat(32),
    DATABASE_URL: `sqlite:${folder}/ringback.sqlite`,
  });
  let app: NestFastifyApplication;

  // With the guards that deny by default, so that an opt-out forgotten would show.
  @Module({ imports: [ConfigModule.with(settings), openDatabase(entities), AuthModule, HealthModule] })
  class App {}

  beforeEach(async () => {
    app = (await Test.createTestingModule({ imports: [App] }).compile()).createNestApplication<NestFastifyApplication>(
      new FastifyAdapter(),
      { logger: false },
    );
    await app.init();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await app.close();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const get = async (url: string) => {
    const { statusCode, payload, headers } = await app.inject({ url });
    return { statusCode, payload, cache: headers['cache-control'] };
  };
  const up = { statusCode: 200, payload: '{"status":"up"}', cache: 'no-store' };
  const down = { statusCode: 503, payload: '{"status":"down"}', cache: 'no-store' };
  const database = () => jest.spyOn(app.get(UnitOfWork, { strict: false }), 'read');

  it.each(['/health/live', '/health/ready'])('%s is up for a stranger, and nothing more', async (url) => {
    expect(await get(url)).toEqual(up);
  });

  it('a database that is gone: not ready, still live, and no word of why', async () => {
    database().mockRejectedValue(new Error('Access denied for user ringback@db.internal'));
    expect(await get('/health/ready')).toEqual(down);
    expect(await get('/health/live')).toEqual(up);
  });

  it('a database that does not answer within a second: not ready', async () => {
    database().mockReturnValue(new Promise(() => undefined));
    expect(await get('/health/ready')).toEqual(down);
  });

  it('a database without its tables: not ready', async () => {
    const rename = (from: string, to: string) =>
      app.get(UnitOfWork, { strict: false }).write((manager) => manager.query(`ALTER TABLE ${from} RENAME TO ${to}`));
    await rename('migrations', 'gone');
    expect(await get('/health/ready')).toEqual(down);
    await rename('gone', 'migrations');
    expect(await get('/health/ready')).toEqual(up);
  });
});
