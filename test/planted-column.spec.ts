import path from 'node:path';
import ts from 'typescript';
import { Column } from 'typeorm';
import { User } from '../src/users/user.entity.js';

// A column that nobody has written yet, planted before anything reads the entity.
Column({ name: 'company_name', type: 'varchar', length: 100, default: '' })(
  User.prototype,
  'companyName',
);
const { SHOWN_COLUMNS, shownColumns, USER_DEFAULTS } = await import('../src/users/user-columns.js');
const { SELECT_SESSION, userFrom } = await import('../src/auth/sessions/session-row.js');

describe('a new column of the user', () => {
  it('is read with the session, listed, and shown by its name in the table', () => {
    expect(SELECT_SESSION).toContain('u.company_name AS u_company_name');
    expect(SHOWN_COLUMNS.map(({ property }) => property)).toContain('companyName');
    const user = userFrom({
      u_id: 7,
      u_company_name: 'Liddell & Daughters',
      u_is_active: 1,
      u_permissions: '[]',
      u_date_joined: '2026-01-01 00:00:00.000',
      u_last_login: null,
    });
    expect(user).toMatchObject({
      id: 7,
      companyName: 'Liddell & Daughters',
      isActive: true,
      permissions: [],
      dateJoined: new Date('2026-01-01T00:00:00.000Z'),
      lastLogin: null,
    });
    expect(shownColumns(user)).toMatchObject({ company_name: 'Liddell & Daughters' });
  });

  it('has the default of the entity where nobody says more', () => {
    expect(USER_DEFAULTS).toEqual({
      companyName: '',
      fullName: '',
      fullNameKey: '',
      verifiedPhoneNumber: null,
      phoneNumberVerified: false,
      twoFactorAuth: false,
      changePw: true,
      isActive: true,
      isStaff: false,
      isSuperuser: false,
      permissions: [],
      lastLogin: null,
      locale: null,
      registrationExpiresAt: null,
    });
  });

  it('does not compile until the API and the panel have it, or say that they leave it out', () => {
    const files = ['src/api/user.answer.ts', 'src/admin/lists/users.fields.ts'];
    expect(complaints(files, (entity) => entity)).toEqual([[], []]);
    const planted = (entity: string) =>
      entity.replace('  id: number;', '  id: number;\n  companyName: string;');
    const missing = expect.stringContaining("'company_name' is missing") as string;
    expect(complaints(files, planted)).toEqual([[missing], [missing]]);
  });

  it('is no secret or key: those are never shown', () => {
    const hidden = ['password', 'usernameKey', 'fullNameKey', 'verifiedPhoneNumber'];
    expect(SHOWN_COLUMNS.filter(({ property }) => hidden.includes(property))).toEqual([]);
  });
});

/**
 * What the compiler misses in these files with another text of the entity. Packages are left
 * unread, which takes a twentieth of the time.
 */
function complaints(files: readonly string[], edit: (entity: string) => string): string[][] {
  const options: ts.CompilerOptions = { strict: true, noEmit: true, types: [] };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  host.readFile = (name) => {
    const text = readFile(name);
    return name.endsWith('src/users/user.entity.ts') && text !== undefined ? edit(text) : text;
  };
  host.resolveModuleNameLiterals = (literals, importer) =>
    literals.map(({ text }) => {
      const file = path.join(path.dirname(importer), text.replace(/\.js$/, '.ts'));
      const resolvedModule = { resolvedFileName: file, extension: ts.Extension.Ts };
      return { resolvedModule: text.startsWith('.') ? resolvedModule : undefined };
    });
  const program = ts.createProgram(files, options, host);
  return files.map((file) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
      .filter((message) => message.includes('is missing')),
  );
}
