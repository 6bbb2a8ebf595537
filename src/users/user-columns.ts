import { columnsOf, type SnakeCase } from '../database/columns-of.js';
import { User } from './user.entity.js';

/** The hash, and the keys that only look-ups compare. */
export const HIDDEN_COLUMNS = [
  'password',
  'usernameKey',
  'fullNameKey',
  'verifiedPhoneNumber',
] as const;

export type HiddenColumn = (typeof HIDDEN_COLUMNS)[number];

/** A user without hash and keys: what a session carries and lists show. */
export type ShownUser = Omit<User, HiddenColumn>;

/** The columns of a shown user by their names in the table, the API and the panel. */
export type ShownColumns = { [Name in keyof ShownUser as SnakeCase<Name>]: ShownUser[Name] };

/** Read from the entity: a new column is in every list and every session's user by itself. */
export const SHOWN_COLUMNS = columnsOf(User).filter(
  ({ property }) => !(HIDDEN_COLUMNS as readonly string[]).includes(property),
);

type Given =
  'id' | 'username' | 'usernameKey' | 'password' | 'phoneNumber' | 'countryCode' | 'dateJoined';

/** What a user is unless told otherwise: the entity's own defaults, else null. */
export const USER_DEFAULTS = {
  ...Object.fromEntries(
    columnsOf(User)
      .filter(({ initial }) => initial !== undefined)
      .map(({ property, initial }) => [property, initial]),
  ),
  // Text in the table, which on MySQL has no default.
  permissions: [],
} as unknown as Omit<User, Given>;

/** A user under the names of the table. */
export const shownColumns = (user: ShownUser): ShownColumns =>
  Object.fromEntries(
    SHOWN_COLUMNS.map(({ property, column }) => [column, user[property as keyof ShownUser]]),
  ) as ShownColumns;

/** Full name if there is one, else the username. */
export const displayName = (user: Pick<User, 'fullName' | 'username'>): string =>
  user.fullName || user.username;

/** The number that speaks for the account: proven, and the account active. */
export const provenNumber = (
  user: Pick<User, 'isActive' | 'phoneNumberVerified' | 'phoneNumber'>,
): string | undefined => (user.isActive && user.phoneNumberVerified ? user.phoneNumber : undefined);
