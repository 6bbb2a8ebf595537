import { AppError } from '../../common/errors/app-error.js';
import { FormValues } from './form-values.js';

const form = (sent: Record<string, unknown>, held: Record<string, unknown> = {}) =>
  new FormValues({ sent, held }, ['name', 'active', 'groups']);
const refused = (act: () => unknown): string[] => {
  try {
    act();
    return [];
  } catch (error) {
    if (!AppError.is(error, 'validation_failed')) throw error;
    return (error.params.fields ?? []).map(({ field }) => field);
  }
};

it('a field nobody may edit is refused by name', () => {
  expect(refused(() => form({ name: 'a', password: 'x', is_superuser: 'true' }))).toEqual([
    'password',
    'is_superuser',
  ]);
  expect(
    refused(() => form({ 'name.0.x': 'a', 'groups.': '1', 'groups.x': '1', toString: 'x' })),
  ).toEqual(['name.0.x', 'groups.', 'groups.x', 'toString']);
});

it('it may come back as it was held, and not otherwise', () => {
  const held = { at: new Date(0), id: 7, verified: true, note: null };
  expect(
    refused(() =>
      form({ at: '1970-01-01T00:00:00.000Z', id: '7', verified: 'true', note: null }, held),
    ),
  ).toEqual([]);
  expect(
    refused(() =>
      form({ at: '1970-01-01T00:00:00.001Z', id: '8', verified: 'false', note: 'x' }, held),
    ),
  ).toEqual(['at', 'id', 'verified', 'note']);
});

it('reads texts, flags and lists; what is missing is undefined', () => {
  const values = form({ name: '', active: true, 'groups.0': '1', 'groups.1': '2' });
  expect([values.text('name'), values.flag('active'), values.list('groups')]).toEqual([
    '',
    true,
    ['1', '2'],
  ]);
  const empty = form({ groups: [] });
  expect([empty.text('name'), empty.flag('active'), empty.list('groups')]).toEqual([
    undefined,
    undefined,
    [],
  ]);
  expect(form({}).list('groups')).toBeUndefined();
  expect(refused(() => form({ active: 'maybe' }).flag('active'))).toEqual(['active']);
});
