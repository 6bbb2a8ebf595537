import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Settings } from '../config/settings.js';

// Beside `src`, beside `dist`, or beside `builds`.
const file = ['../../', '../../../', '../../../../../']
  .map((place) => new URL(`${place}package.json`, import.meta.url))
  .find(existsSync);

/** The version of this release, as package.json has it. */
const { version } = createRequire(import.meta.url)(file?.pathname ?? '') as {
  version: string;
};

const MESSAGES =
  'every message at /dev/inbox, codes included. Turn it off when you have tried what you wanted.';
const FREE =
  'They cost nothing: limits that guard money are recorded, not held (ABUSE_LIMITS=enforce holds them)';

/**
 * Where to look, for whoever starts the product by hand. Nothing in production: stdout is for the
 * log's JSON lines there.
 */
export function greeting(settings: Settings): string {
  if (settings.environment === 'production') return '';
  const lines = [
    `Ringback is at     ${settings.publicUrl}/`,
    ...(Settings.hasInbox(settings) ? [`Messages arrive at ${settings.publicUrl}/dev/inbox`] : []),
    ...(settings.sendsAreFree ? [FREE] : []),
    ...(settings.admin
      ? [
          `Staff panel        ${settings.publicUrl}/admin`,
          'Make a superuser   npm run ringback -- create-superuser',
        ]
      : []),
  ];
  return `\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`;
}

/** What whoever runs this should know at every start. */
export const startWarnings = ({ devLan, publicUrl, strangeNames }: Settings): string[] => [
  ...(devLan
    ? [`DEV_LAN is on: everybody in your local network can use ${publicUrl}/ and read ${MESSAGES}`]
    : []),
  ...strangeNames.map((name) => `.env names ${name}, which is no setting of Ringback.`),
];

/** What the log says once the process serves. */
export function startLine({
  environment,
  host,
  port,
  publicUrl,
  database,
  redisUrl,
  providers,
}: Settings): object {
  return {
    msg: 'Ringback serves.',
    version,
    environment,
    address: `${host}:${port}`,
    public_url: publicUrl,
    database: database.kind,
    shared_limits: redisUrl !== null,
    providers,
    node: process.version,
    pid: process.pid,
  };
}
