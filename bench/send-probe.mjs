// Starts challenges in a process of its own, in turn with the bare request their sender makes;
// prints both medians in milliseconds.
import { NestFactory } from '@nestjs/core';
import { entities } from '../dist/src/entities.js';
import { CliModule } from '../dist/src/cli/cli.module.js';
import { loadSettings } from '../dist/src/load-settings.js';
import { PhoneVerificationService } from '../dist/src/phone-verification/phone-verification.service.js';
import { median } from './stats.mjs';

const { SECONDS, VONAGE_URL } = process.env;
const app = await NestFactory.createApplicationContext(CliModule.with(loadSettings(), entities), {
  logger: false,
});
const phones = app.get(PhoneVerificationService, { strict: false });
const client = { address: '127.0.0.1', agent: 'bench', locale: 'en' };

const start = (number) =>
  phones.start({
    userId: number,
    sessionId: number,
    phoneNumber: `+1212${2_000_000 + number}`,
    isConfirmed: false,
    purpose: 'register',
    channel: 'sms',
    locale: 'en',
    client,
  });
const bare = async () => {
  const body = new URLSearchParams({ to: '12122000000', text: '123456 is your Ringback code.' });
  const answer = await fetch(`${VONAGE_URL}/sms/json`, {
    method: 'POST',
    body,
    headers: { connection: 'close' },
    redirect: 'manual',
  });
  return answer.json();
};
const timed = async (work) => {
  const since = performance.now();
  await work();
  return performance.now() - since;
};

const ours = [];
const yardstick = [];
const since = performance.now();
for (let number = 1; performance.now() - since < Number(SECONDS) * 1000; number += 1) {
  ours.push(await timed(() => start(number)));
  yardstick.push(await timed(bare));
}
const warm = (samples) => median(samples.slice(samples.length >> 2));
process.stdout.write(`${JSON.stringify({ ours: warm(ours), yardstick: warm(yardstick) })}\n`);
await app.close();
