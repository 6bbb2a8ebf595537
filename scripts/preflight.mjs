// What would be in the way of a start, said before anything is built, read or made.
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { refuse } from './refuse.mjs';

const BAD_SETTINGS = 78;
const PORTS_SENTENCE = 'must be a whole number from 0 to 65535';

/** Ends the process where PORT is no port or taken, or the database's folder cannot be written. */
export async function refuseWhatIsInTheWay() {
  const {
    HOST: host = '127.0.0.1',
    PORT: port = '3000',
    DATABASE_URL: database = 'sqlite:./var/ringback.sqlite',
  } = given();
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    refuse(`PORT: ${PORTS_SENTENCE}, not ${port.slice(0, 40)}`, BAD_SETTINGS);
  if (database.startsWith('sqlite:') && database !== 'sqlite::memory:')
    refuseUnwritable(database.slice('sqlite:'.length));
  await refuseTaken(host, Number(port));
}

/**
 * Ends the process, naming the path, where a folder cannot be written, or made in the first one
 * above it that is there.
 */
export function refuseUnwritableFolder(folder, setting) {
  const full = path.resolve(folder);
  let there = full;
  while (!existsSync(there)) there = path.dirname(there);
  if (statSync(there).isDirectory() && mayWrite(there)) return;
  const what = there === full ? 'cannot be written' : `cannot be made: ${there} cannot be written`;
  refuse(`${setting}the folder ${full} ${what} by this user`, setting === '' ? 1 : BAD_SETTINGS);
}

/** The environment wins over `.env`; what is empty counts as unset. */
function given() {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return Object.fromEntries(
    Object.entries({ ...file, ...process.env }).filter(([, value]) => value !== ''),
  );
}

function refuseUnwritable(file) {
  refuseUnwritableFolder(path.dirname(file), 'DATABASE_URL: ');
  if (existsSync(file) && !mayWrite(file))
    refuse(`DATABASE_URL: ${path.resolve(file)} cannot be written by this user`, BAD_SETTINGS);
}

function mayWrite(place) {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function refuseTaken(host, port) {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', ({ code }) => {
      if (code === 'EADDRINUSE')
        refuse(`Another process already listens at ${host}:${port}. End it, or set another PORT.`);
      if (code === 'EACCES') refuse(`PORT: this user may not listen at ${port}`, BAD_SETTINGS);
      refuse(`HOST: ${host} is no address of this machine (${code})`, BAD_SETTINGS);
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(resolve));
  });
}
