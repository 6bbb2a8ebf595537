import { readFileSync } from 'node:fs';
import { AppError, type FieldError } from '../../common/errors/app-error.js';
import { checkPassword, passwordHelp } from './password-rules.js';

const about = { username: 'alice.b', fullName: 'Alice Liddell', phoneNumber: '+14155550100' };

function problems(password: string, field?: string): readonly FieldError[] {
  try {
    checkPassword(password, about, field);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.params.fields ?? [];
  }
}

const codes = (password: string): string[] => problems(password).map(({ code }) => code);

describe('a new password', () => {
  it.each([
    'correct horse battery staple',
    'x7!kQ9-zw',
    '        ',
    'пароль для входа',
    '日本語のパスワードです',
    'my 🐈 eats 🐟!',
  ])('may be %j', (password) => {
    expect(codes(password)).toEqual([]);
  });

  it('must be given', () => {
    expect(problems('', 'password1')).toEqual([
      { field: 'password1', code: 'required', detail: 'This field is required.' },
    ]);
  });

  it('is told everything that is wrong with it, at the field it came from', () => {
    expect(problems('1234567', 'new_password1')).toEqual([
      {
        field: 'new_password1',
        code: 'too_short',
        detail: 'This password is too short. It must contain at least 8 characters.',
      },
      {
        field: 'new_password1',
        code: 'entirely_numeric',
        detail: 'This password is entirely numeric.',
      },
    ]);
    expect(codes('12345678')).toEqual(['too_common', 'entirely_numeric']);
  });

  it('stands at `password` unless told otherwise', () => {
    expect(problems('short').map(({ field }) => field)).toEqual(['password']);
  });

  it('is counted in characters after NFC, not in bytes or halves', () => {
    expect(codes('🐈🐟🐕🐎🐄🐖🐑')).toEqual(['too_short']);
    expect(codes('🐈🐟🐕🐎🐄🐖🐑🐐')).toEqual([]);
    expect(codes('e\u0301'.repeat(7))).toEqual(['too_short']);
    expect(codes('e\u0301'.repeat(8))).toEqual([]);
  });

  it('may have 128 characters and no more', () => {
    expect(codes('🐈'.repeat(128))).toEqual([]);
    expect(codes('🐈'.repeat(129))).toEqual(['too_long']);
    expect(codes('\u03b1\u0313\u0300\u0345'.repeat(128))).toEqual([]);
    expect(codes('\u03b1\u0313\u0300\u0345'.repeat(129))).toEqual(['too_long']);
  });

  it('is held against no other rule where it is too long', () => {
    expect(codes('1'.repeat(129))).toEqual(['too_long']);
    expect(codes(`a${'\u0301'.repeat(25_000)}${'\u0316'.repeat(25_000)}`)).toEqual(['too_long']);
  });

  it('is explained beforehand, rule by rule', () => {
    expect(passwordHelp).toHaveLength(5);
    expect(passwordHelp[0]).toBe(
      'Your password must contain at least 8 characters; 15 or more are recommended.',
    );
  });
});

describe('a common password', () => {
  it.each(['password', 'PassWord1', 'iloveyou1', 'p@ssw0rd', ' qwerty123 '])(
    'is refused: %j',
    (password) => {
      expect(problems(password)).toEqual([
        { field: 'password', code: 'too_common', detail: 'This password is too common.' },
      ]);
    },
  );

  it('is one of the list, not merely like one', () => {
    expect(codes('password-for-the-garden-gate')).toEqual([]);
  });

  it('is one of 10,000, each long enough to pass the other rule and written as it is compared', () => {
    const list = readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    expect(new Set(list).size).toBe(10_000);
    expect(
      list.filter(
        (password) => Array.from(password).length < 8 || password !== password.trim().toLowerCase(),
      ),
    ).toEqual([]);
  });
});

it('a password that is too similar is told to what', () => {
  expect(problems('alice.b-99')).toEqual([
    {
      field: 'password',
      code: 'too_similar',
      detail: 'The password is too similar to the username.',
    },
  ]);
});
