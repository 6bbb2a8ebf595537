// Takes the budgets of a registration's message for one new number after another; prints the median
// in milliseconds.
import { NestFactory } from '@nestjs/core';
import { entities } from '../dist/src/entities.js';
import { CliModule } from '../dist/src/cli/cli.module.js';
import { loadSettings } from '../dist/src/load-settings.js';
import { SendClaims } from '../dist/src/messaging/limits/send-claims.js';
import { Budgets } from '../dist/src/rate-limit/budgets.js';
import { median } from './stats.mjs';

const { SECONDS } = process.env;
const app = await NestFactory.createApplicationContext(CliModule.with(loadSettings(), entities), {
  logger: false,
});
const budgets = app.get(Budgets, { strict: false });
const sends = app.get(SendClaims, { strict: false });
const run = process.pid;

const samples = [];
const start = performance.now();
for (let number = 1; performance.now() - start < Number(SECONDS) * 1000; number += 1) {
  const id = run * 1_000_000 + number;
  const challenge = {
    purpose: 'register',
    phoneNumber: `+1${2_120_000_000 + (id % 7_000_000_000)}`,
    userId: id,
    sessionId: id,
  };
  const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  const claims = sends.of({
    challenge,
    channel: 'sms',
    isConfirmed: false,
    deviceId: null,
    isVouched: false,
    address,
  });
  const since = performance.now();
  await budgets.take(claims);
  samples.push(performance.now() - since);
}
process.stdout.write(`${median(samples.slice(samples.length >> 2))}\n`);
await app.close();
