// Calls the product's own services in a process of its own and prints calls per second: what a
// request adds is left out.
import { NestFactory } from '@nestjs/core';
import { entities } from '../dist/src/entities.js';
import { CliModule } from '../dist/src/cli/cli.module.js';
import { Settings } from '../dist/src/config/settings.js';
import { loadSettings } from '../dist/src/load-settings.js';
import { UnitOfWork } from '../dist/src/database/unit-of-work.js';
import { UserDirectory } from '../dist/src/users/user-directory.js';
import { UsersService } from '../dist/src/users/users.service.js';

const { WORK, USERS, SECONDS, NODE_ENV, DATABASE_URL, SECRET_KEY } = process.env;
const settings = loadSettings({ NODE_ENV, DATABASE_URL, SECRET_KEY });
const app = await NestFactory.createApplicationContext(CliModule.with(settings, entities), {
  logger: false,
});
const users = app.get(UsersService, { strict: false });
const directory = new UserDirectory(app.get(UnitOfWork, { strict: false }), app.get(Settings));

const anyUsername = () =>
  `perf${String(1 + Math.floor(Math.random() * Number(USERS))).padStart(7, '0')}`;
const page = { limit: 10, offset: 0 };
const calls = {
  lookUp: () => users.findByUsername(anyUsername()),
  list: () => directory.page({}, page),
  count: () => directory.count({}),
  search: () => directory.page({ username: anyUsername().slice(0, -1) }, page),
};

const call = calls[WORK];
for (let warmUp = 0; warmUp < 200; warmUp += 1) await call();
const start = performance.now();
let done = 0;
while (performance.now() - start < Number(SECONDS) * 1000) {
  const found = await call();
  if (!found || found.length === 0) throw new Error(`${WORK} found nothing.`);
  done += 1;
}
process.stdout.write(`${(done * 1000) / (performance.now() - start)}\n`);
await app.close();
