import type { Locale } from '../../common/locale.js';
import type { SessionUser } from '../http/current-session.js';
import { Session } from './session.entity.js';

const SESSION_COLUMNS =
  's.id, s.token_hash, s.user_id, s.methods, s.proofs, s.device_id, s.next_path, s.address, s.agent, ' +
  's.created_at, s.last_seen_at, s.expires_at';

/** One indexed read: the session by its token's hash, its account by primary key. */
export const SELECT_SESSION = `
  SELECT ${SESSION_COLUMNS},
    u.username, u.full_name, u.phone_number, u.country_code, u.phone_number_verified, u.two_factor_auth, u.change_pw,
    u.is_active, u.is_staff, u.is_superuser, u.permissions, u.date_joined, u.last_login, u.locale, u.registration_expires_at
  FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = ?`;

type Flag = number | boolean;
type Instant = string | Date;

/** A row of SELECT_SESSION as either driver gives it. */
export interface SessionRow {
  id: number;
  token_hash: string;
  user_id: number;
  methods: string;
  proofs: string;
  device_id: number | null;
  next_path: string | null;
  address: string;
  agent: string;
  created_at: Instant;
  last_seen_at: Instant;
  expires_at: Instant;
  username: string;
  full_name: string;
  phone_number: string;
  country_code: number;
  phone_number_verified: Flag;
  two_factor_auth: Flag;
  change_pw: Flag;
  is_active: Flag;
  is_staff: Flag;
  is_superuser: Flag;
  permissions: string;
  date_joined: Instant;
  last_login: Instant | null;
  locale: Locale | null;
  registration_expires_at: Instant | null;
}

// SQLite keeps `2026-01-01 00:00:00.000` in UTC; the MySQL driver gives dates.
const instant = (value: Instant): Date => (value instanceof Date ? value : new Date(`${value}Z`));
const maybeInstant = (value: Instant | null): Date | null =>
  value === null ? null : instant(value);

export function sessionFrom(row: SessionRow): Session {
  const session = new Session();
  session.id = row.id;
  session.tokenHash = row.token_hash;
  session.userId = row.user_id;
  session.methods = JSON.parse(row.methods) as Session['methods'];
  session.proofs = JSON.parse(row.proofs) as Session['proofs'];
  session.deviceId = row.device_id;
  session.nextPath = row.next_path;
  session.address = row.address;
  session.agent = row.agent;
  session.createdAt = instant(row.created_at);
  session.lastSeenAt = instant(row.last_seen_at);
  session.expiresAt = instant(row.expires_at);
  return session;
}

export const userFrom = (row: SessionRow): SessionUser => ({
  id: row.user_id,
  username: row.username,
  fullName: row.full_name,
  phoneNumber: row.phone_number,
  countryCode: row.country_code,
  phoneNumberVerified: Boolean(row.phone_number_verified),
  twoFactorAuth: Boolean(row.two_factor_auth),
  changePw: Boolean(row.change_pw),
  isActive: Boolean(row.is_active),
  isStaff: Boolean(row.is_staff),
  isSuperuser: Boolean(row.is_superuser),
  permissions: JSON.parse(row.permissions) as string[],
  dateJoined: instant(row.date_joined),
  lastLogin: maybeInstant(row.last_login),
  locale: row.locale,
  registrationExpiresAt: maybeInstant(row.registration_expires_at),
});
