import { z } from 'zod';
import { LOCALES } from '../common/locale.js';
import {
  displayName,
  shownColumns,
  type ShownColumns,
  type ShownUser,
} from '../users/user-columns.js';

/** Columns of staff and of upkeep: no business of its owner. */
type NotAnswered = 'permissions' | 'registration_expires_at';
type Answered = Exclude<keyof ShownColumns, NotAnswered> | 'display_name';

const instant = z.iso.datetime();

/** A user as its owner sees it. A column that is neither here nor left out does not compile. */
export const userSchema = z.object({
  id: z.int(),
  username: z.string(),
  full_name: z.string(),
  display_name: z.string(),
  phone_number: z.string().meta({ description: 'E.164' }),
  country_code: z.int(),
  phone_number_verified: z.boolean(),
  two_factor_auth: z.boolean(),
  locale: z
    .enum(LOCALES)
    .nullable()
    .meta({ description: 'Language of messages; null: that of each request' }),
  change_pw: z.boolean(),
  is_active: z.boolean(),
  is_staff: z.boolean(),
  is_superuser: z.boolean(),
  date_joined: instant,
  last_login: instant.nullable(),
} satisfies Record<Answered, z.ZodType>);

const ANSWERED = Object.keys(userSchema.shape) as Answered[];

/** Dates become ISO 8601 as the answer becomes JSON. */
export function userAnswer(user: ShownUser): Readonly<Record<Answered, unknown>> {
  const columns = { ...shownColumns(user), display_name: displayName(user) };
  return Object.fromEntries(ANSWERED.map((name) => [name, columns[name]])) as Record<
    Answered,
    unknown
  >;
}
