// Builds stand side by side, each in `builds/HASH` of all that it is made from; `dist` leads to the
// last one. A process keeps the files of the build it was started from.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { refuseUnwritableFolder } from './preflight.mjs';
import { refuse } from './refuse.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const builds = path.join(root, 'builds');
const link = path.join(root, 'dist');
/** Where `nest build` puts what it makes (tsconfig.build.json, nest-cli.json). */
const next = path.join(builds, 'next');
const SOURCES = [
  'src',
  'attack',
  'bench/fill',
  'ormconfig.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
];
const BUILD = /^[0-9a-f]{16}$/;
/** Milliseconds to wait for another process that builds. */
const PATIENCE = 600_000;

/**
 * Builds unless the sources, as they are, were built already; ends the process where that fails.
 * Gives the address of the build's folder. Where no sources were deployed it is that of the last
 * build.
 */
export async function build() {
  refuseMissingPackages();
  if (!existsSync(path.join(root, 'src'))) return pathToFileURL(`${link}/`);
  let name = hashOfSources();
  if (!isLast(name)) {
    refuseUnwritableFolder(builds, '');
    refuseUnwritableFolder(root, '');
    mkdirSync(builds, { recursive: true });
    const release = await lock();
    for (name = hashOfSources(); !existsSync(path.join(builds, name)); name = hashOfSources())
      compile(name);
    lead(name);
    release();
  }
  return pathToFileURL(`${path.join(builds, name, 'dist')}/`);
}

function refuseMissingPackages() {
  try {
    import.meta.resolve('libsql');
  } catch {
    refuse('Its packages are not installed. Run "npm ci" first.');
  }
}

/** Imports a file of a build, which is kept as long as this process lives. */
export async function run(folder, file) {
  const mark = new URL(`pid-${process.pid}`, folder);
  try {
    writeFileSync(mark, '');
    process.once('exit', () => rmSync(mark, { force: true }));
  } catch {
    // A folder that nobody may write to is not rebuilt either.
  }
  await import(new URL(file, folder).href);
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const name of SOURCES.flatMap(filesOf))
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(root, name)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

function filesOf(name) {
  const found = lstatSync(path.join(root, name), { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return /\.spec\.tsx?$/.test(name) ? [] : [name];
  return readdirSync(path.join(root, name))
    .sort()
    .flatMap((inside) => filesOf(`${name}/${inside}`));
}

function isLast(name) {
  return existsSync(path.join(builds, name)) && lastBuild() === name;
}

/** The name of the build that `dist` leads to. */
function lastBuild() {
  const isLink = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? path.basename(path.dirname(path.resolve(root, readlinkSync(link)))) : undefined;
}

/**
 * One process builds at a time. The system ends a lock of SQLite with the process that holds it,
 * however that ended.
 */
async function lock() {
  const { default: Database } = await import('libsql');
  const held = new Database(path.join(builds, 'build.lock'), { timeout: PATIENCE });
  held.exec('BEGIN IMMEDIATE');
  return () => held.close();
}

function compile(name) {
  const nest = fileURLToPath(new URL('node_modules/@nestjs/cli/bin/nest.js', pathToFileURL(root)));
  if (!existsSync(nest))
    refuse('The sources have changed, and what builds them is not installed. Run "npm ci".');
  process.stderr.write('Building …\n');
  // What the compiler says goes to stderr: stdout belongs to the command.
  const { status } = spawnSync(process.execPath, [nest, 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) refuse('It could not be built. What was built before stays as it is.');
  // Somebody may have written to the sources meanwhile.
  if (hashOfSources() === name) renameSync(next, path.join(builds, name));
}

/** Lets `dist` lead to a build, in one step, and removes those that nobody can be using. */
function lead(name) {
  const before = lastBuild();
  const made = path.join(root, `dist-${process.pid}`);
  const target = path.join('builds', name, 'dist');
  symlinkSync(process.platform === 'win32' ? path.join(root, target) : target, made, 'junction');
  if (before === undefined || process.platform === 'win32')
    rmSync(link, { recursive: true, force: true });
  renameSync(made, link);
  // Somebody may just be starting from the one before.
  const old = readdirSync(builds).filter(
    (found) => BUILD.test(found) && found !== name && found !== before,
  );
  for (const folder of old.map((found) => path.join(builds, found)))
    if (!isUsed(path.join(folder, 'dist'))) rmSync(folder, { recursive: true, force: true });
}

function isUsed(folder) {
  return readdirSync(folder).some(
    (name) => name.startsWith('pid-') && isAlive(Number(name.slice('pid-'.length))),
  );
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch ({ code }) {
    return code === 'EPERM';
  }
}
