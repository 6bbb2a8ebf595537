import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROBLEM_TEXTS } from '../src/api/problems/problem-texts.js';
import { ERROR_TABLE } from '../src/common/errors/error-table.js';
import { FIELD_ERROR_CODES } from '../src/common/errors/field-error-codes.js';
import { accountSettings } from '../src/config/accounts.js';
import { environmentSchema } from '../src/config/environment.js';
import { ACCOUNTS } from '../src/phone-verification/providers/providers.js';

const schema = environmentSchema.extend(accountSettings(ACCOUNTS).shape);
const read = (file: string) => readFileSync(path.resolve(file), 'utf8');

describe('the documents say what the code does', () => {
  it('threats.md names every threat test, and none that is not there', () => {
    const named = [...read('docs/threats.md').matchAll(/\]\(\.\.\/(test\/[\w./-]+)\)/g)].map(
      ([, file = '']) => file,
    );
    const there = readdirSync('test/threats').map((file) => `test/threats/${file}`);
    expect(named.sort()).toEqual([...there, 'test/every-route-is-guarded.spec.ts'].sort());
  });

  it('house.md draws the rooms as they import each other', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/house.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('errors.md lists every error with its status, and no other', () => {
    const listed = [...read('docs/errors.md').matchAll(/^\| `(\w+)` \| (\d{3}) \|/gm)].map(
      ([, code = '', status]) => [code, Number(status)],
    );
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(Object.entries(ERROR_TABLE).map(([code, { status }]) => [code, status])),
    );
  });

  it('errors.md says what the page of each error says, and names why a field is refused', () => {
    const rows = [...read('docs/errors.md').matchAll(/^\| `(\w+)` \| \d{3} \| (.*) \|$/gm)].map(
      ([, code = '', text]) => [code, text],
    );
    expect(Object.fromEntries(rows)).toEqual(PROBLEM_TEXTS);
    const fields =
      /^\*\*Why a field is refused:\*\* (.*)$/m.exec(read('docs/errors.md'))?.[1] ?? '';
    expect([...fields.matchAll(/`(\w+)`/g)].map(([, code]) => code).sort()).toEqual(
      [...FIELD_ERROR_CODES].sort(),
    );
  });

  it('.env.example shows every setting, with its default', () => {
    const lines = [...read('.env.example').matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    expect(lines.map(([name]) => name).sort()).toEqual(Object.keys(schema.shape).sort());
    const defaults = schema.parse({});
    const asShown = schema.parse(
      Object.fromEntries(lines.filter(([name, value]) => value !== '' && name !== 'PUBLIC_URL')),
    );
    expect(asShown).toEqual(defaults);
  });

  it('settings.md names every setting, and none that is not there', () => {
    const settings = Object.keys(schema.shape);
    const named = [...read('docs/settings.md').matchAll(/^\| (`[A-Z].*?) \| /gm)]
      .flatMap(([, cell = '']) => [...cell.matchAll(/`([A-Z_]+)(…)?`/g)])
      .flatMap(([, name = '', open]) =>
        open ? settings.filter((setting) => setting.startsWith(name)) : [name],
      );
    expect([...new Set(named)].sort()).toEqual(settings.sort());
  });

  it('providers.md has a row for everybody who brings codes: how, and what the receipts need', () => {
    const rows = [...read('docs/providers.md').matchAll(/^\| `([\w:-]+)` \| (.*) \|$/gm)];
    const told = rows.map(([, name, cells = '']) => {
      const [, sms, call, whatsapp, receipts = ''] = cells.split(' | ');
      const can = Object.entries({ sms, call, whatsapp }).filter(([, told]) => told !== 'no');
      return [name, can.map(([channel]) => channel), /^yes|`\w+`/g.exec(receipts) !== null];
    });
    const known = ACCOUNTS.map(({ name, channels, receiptsNeed }) => [
      name,
      channels,
      receiptsNeed !== undefined,
    ]);
    expect(new Set(told)).toEqual(new Set(known));
    for (const { name, required, receiptsNeed = '' } of ACCOUNTS) {
      const row = rows.find(([, of]) => of === name)?.[0];
      if (!required.includes(receiptsNeed)) expect(row).toContain(receiptsNeed);
    }
  });

  it('keys.md names every file with cryptography', () => {
    const named = [
      ...read('docs/security/keys.md').matchAll(/\]\(\.\.\/\.\.\/(src\/[\w./-]+)\)/g),
    ].map(([, file = '']) => file);
    const there = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((file) => `src/${file}`)
      .filter(
        (file) =>
          /(?<!\.spec)\.tsx?$/.test(file) &&
          /from '(node:crypto|bcrypt|aws4|jose)'/.test(read(file)),
      );
    expect(named.sort()).toEqual(there.sort());
  });

  it('no link to a file of ours leads nowhere', () => {
    const documents = [
      'README.md',
      ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
    ].filter((file) => file.endsWith('.md'));
    const broken = documents.flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)]
        .map(([, to = '']) => path.join(path.dirname(file), to))
        .filter((to) => !existsSync(to))
        .map((to) => `${file}: ${to}`),
    );
    expect(broken).toEqual([]);
  });
});
