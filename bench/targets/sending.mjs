import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from '../http.mjs';
import { steadyP99 } from '../load.mjs';
import { newPerson } from '../people.mjs';
import { runNode, temporaryFolder } from '../processes.mjs';
import { installation, ringback, startProduct } from '../product.mjs';
import { compare } from '../rounds.mjs';
import { spread } from '../stats.mjs';
import { startYardstick } from '../yardsticks.mjs';

const PEOPLE = 50;
const HANGING = 5000;
const probe = fileURLToPath(new URL('../send-probe.mjs', import.meta.url));

/**
 * What a start adds to its sender's bare request; and session checks while sends hang for 5 s,
 * against the same when idle.
 */
export async function sending({ rounds, seconds }) {
  const gateway = await startYardstick('gateway', installation(temporaryFolder()));
  const added = await startAlone(sendingBy(gateway), rounds, seconds);
  const blocked = await besideHanging(sendingBy(gateway), gateway, rounds);
  return [
    { name: 'start, beyond the bare request', unit: 'ms', ...added, most: 5 },
    { name: `session check p99 beside ${PEOPLE} hanging sends`, unit: 'ms', ...blocked, atMost: 2 },
  ];
}

/** An installation of its own: the numbers of one still wait for their next message. */
function sendingBy({ url }) {
  const place = installation(temporaryFolder());
  const account = {
    VONAGE_API_KEY: 'bench',
    VONAGE_API_SECRET: 'bench',
    VONAGE_FROM: 'Bench',
    VONAGE_URL: url,
  };
  return { ...place, env: { ...place.env, ...account, VERIFICATION_PROVIDER: 'self:vonage' } };
}

async function startAlone(place, rounds, seconds) {
  await ringback(place, ['migrate']);
  const pairs = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push(
      JSON.parse(
        await runNode([probe], {
          ...place,
          env: { ...place.env, SECONDS: String(seconds), LOG_LEVEL: 'error' },
        }),
      ),
    );
  }
  return {
    ours: spread(pairs.map(({ ours, yardstick }) => ours - yardstick)),
    yardstick: spread(pairs.map(({ yardstick }) => yardstick)),
    ratio: spread(pairs.map(({ ours, yardstick }) => ours / yardstick)),
  };
}

async function besideHanging(place, gateway, rounds) {
  const { url } = await startProduct(place);
  const members = [];
  for (let made = 0; made < PEOPLE * (rounds + 1); made += 10) {
    members.push(
      ...(await Promise.all(Array.from({ length: 10 }, () => memberWithTwoFactor(url, gateway)))),
    );
  }
  const checks = () =>
    steadyP99({ url: `${url}/api/v1/me`, tokens: members, rate: 100, seconds: 3 });
  let next = 0;
  const beside = async () => {
    await fetch(`${gateway.url}/delay/${HANGING}`);
    const sends = members.slice(next, (next += PEOPLE)).map((token) => turnOff(url, token));
    await pause(1000);
    const p99 = await checks();
    await Promise.all(sends);
    await fetch(`${gateway.url}/delay/0`);
    return p99;
  };
  return compare({ rounds, ours: beside, yardstick: checks });
}

async function memberWithTwoFactor(url, gateway) {
  const person = newPerson();
  const opened = await request(`${url}/api/v1/registration`, {
    method: 'POST',
    body: person,
    expect: 201,
  });
  const { code } = await (
    await fetch(`${gateway.url}/code/${person.phone_number.slice(1)}`)
  ).json();
  const { token } = await request(`${url}/api/v1/session/confirmation`, {
    method: 'POST',
    token: opened.token,
    body: { code },
    expect: 200,
  });
  await request(`${url}/api/v1/me/two-factor`, {
    method: 'PUT',
    token,
    body: { enabled: true },
    expect: 200,
  });
  return token;
}

/** Needs a fresh proof, so a message is sent. */
const turnOff = (url, token) =>
  request(`${url}/api/v1/me/two-factor`, {
    method: 'PUT',
    token,
    body: { enabled: false },
    expect: 403,
  });
