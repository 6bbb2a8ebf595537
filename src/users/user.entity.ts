import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Locale } from '../common/locale.js';

/** An account. Written only through UsersService and UsersRepository. */
@Entity('users')
@Index('users_username_key', ['usernameKey'], { unique: true })
@Index('users_verified_phone_number', ['verifiedPhoneNumber'], { unique: true })
@Index('users_full_name_key', ['fullNameKey'])
@Index('users_phone_number', ['phoneNumber'])
@Index('users_date_joined', ['dateJoined'])
@Index('users_registration_expiry', ['registrationExpiresAt'])
// Staff filter by these in order of usernames: without an index a rare value means a million rows
// read.
@Index('users_is_staff', ['isStaff', 'usernameKey'])
@Index('users_is_superuser', ['isSuperuser', 'usernameKey'])
@Index('users_is_active', ['isActive', 'usernameKey'])
@Index('users_phone_number_verified', ['phoneNumberVerified', 'usernameKey'])
@Index('users_two_factor_auth', ['twoFactorAuth', 'usernameKey'])
@Index('users_change_pw', ['changePw', 'usernameKey'])
@Index('users_country_code', ['countryCode', 'usernameKey'])
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'varchar', length: 130 })
  username: string;

  /** NFKC, lower case: unique, and what look-up, order and prefix search compare. */
  @Column({ name: 'username_key', type: 'varchar', length: 260 })
  usernameKey: string;

  /** Hash with its scheme in front. Never selected for a face. */
  @Column({ type: 'varchar', length: 255 })
  password: string;

  @Column({ name: 'full_name', type: 'varchar', length: 130, default: '' })
  fullName: string;

  @Column({ name: 'full_name_key', type: 'varchar', length: 260, default: '' })
  fullNameKey: string;

  /** E.164. */
  @Column({ name: 'phone_number', type: 'varchar', length: 20 })
  phoneNumber: string;

  /**
   * The number again while it is verified, else null: unique, so that a number nobody has proven
   * blocks nobody.
   */
  @Column({ name: 'verified_phone_number', type: 'varchar', length: 20, nullable: true })
  verifiedPhoneNumber: string | null;

  @Column({ name: 'country_code', type: 'int' })
  countryCode: number;

  @Column({ name: 'phone_number_verified', type: 'boolean', default: false })
  phoneNumberVerified: boolean;

  @Column({ name: 'two_factor_auth', type: 'boolean', default: false })
  twoFactorAuth: boolean;

  /** Must choose a new password at the next log-in. */
  @Column({ name: 'change_pw', type: 'boolean', default: true })
  changePw: boolean;

  @Column({ name: 'is_active', type: 'boolean', default: true })
  isActive: boolean;

  @Column({ name: 'is_staff', type: 'boolean', default: false })
  isStaff: boolean;

  @Column({ name: 'is_superuser', type: 'boolean', default: false })
  isSuperuser: boolean;

  /** Names of permissions held directly, beside those of the groups. */
  @Column({ type: 'simple-json' })
  permissions: string[];

  @Column({ name: 'date_joined', type: 'datetime', precision: 3 })
  dateJoined: Date;

  @Column({ name: 'last_login', type: 'datetime', precision: 3, nullable: true })
  lastLogin: Date | null;

  /** The language of its messages; null: whatever the browser asks for. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  locale: Locale | null;

  /** Set only by self-registration; cleared by the first right code. After it the row goes. */
  @Column({ name: 'registration_expires_at', type: 'datetime', precision: 3, nullable: true })
  registrationExpiresAt: Date | null;
}

/**
 * An account that has proven no number: the flag and the unique number are set and cleared
 * together.
 */
export const UNPROVEN = { phoneNumberVerified: false, verifiedPhoneNumber: null } as const;
