import { fullNameKey } from '../../src/users/full-name.js';
import { USER_DEFAULTS } from '../../src/users/user-columns.js';
import type { User } from '../../src/users/user.entity.js';
import { usernameKey } from '../../src/users/username.js';

/** Known to everybody: for measurements on a machine of one's own. */
export const PERF_PASSWORD = 'measure twice, cut once';

/** As many numbers as the area code 415 has, rounded down. */
export const MOST_USERS = 7_000_000;

const FIRST_NAMES = [
  'Ada',
  'Bola',
  'Chen',
  'Dalia',
  'Emeka',
  'Farah',
  'Goran',
  'Hanna',
  'Ivo',
  'Jun',
  'Kavya',
  'Lars',
  'Mina',
  'Noor',
  'Olga',
  'Pablo',
];
const LAST_NAMES = [
  'Abe',
  'Brandt',
  'Castro',
  'Dubois',
  'Eze',
  'Fischer',
  'Gupta',
  'Horvat',
  'Ito',
  'Jansen',
  'Kaya',
  'Lopez',
  'Moreau',
];

export const perfUsername = (number: number): string => `perf${String(number).padStart(7, '0')}`;

/**
 * The made-up user of that number, 1 to MOST_USERS, but for the hash: the same whenever it is asked
 * for.
 */
export function perfUser(number: number): Omit<User, 'id' | 'password' | 'dateJoined'> {
  const username = perfUsername(number);
  const fullName = `${pick(FIRST_NAMES, number)} ${pick(LAST_NAMES, number)}`;
  const phoneNumber = perfPhoneNumber(number);
  return {
    ...USER_DEFAULTS,
    username,
    usernameKey: usernameKey(username),
    fullName,
    fullNameKey: fullNameKey(fullName),
    phoneNumber,
    verifiedPhoneNumber: phoneNumber,
    countryCode: 1,
    phoneNumberVerified: true,
    changePw: false,
  };
}

const pick = (names: readonly string[], number: number): string =>
  names[number % names.length] ?? '';

/** Leaves out the exchange 555, which people use when they try things. */
function perfPhoneNumber(number: number): string {
  const local = 2_000_000 + number;
  return `+1415${local < 5_550_000 ? local : local + 10_000}`;
}
