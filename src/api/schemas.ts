import { z } from 'zod';
import { bounded } from '../common/bounded.js';
import { CHANNELS } from '../common/channel.js';
import { REQUIRED } from '../common/form-issues.js';
import { LOCALES } from '../common/locale.js';
import type { TextKind } from '../common/text-limits.js';

const text = (kind: TextKind) =>
  bounded(kind, { error: ({ input }) => (input === undefined ? REQUIRED : 'must be a string') });
const required = (kind: TextKind) => text(kind).min(1, REQUIRED);

/** Bodies of the JSON API. Wrong types and unknown fields are 400, missing or empty required values 422. */
export const registrationSchema = z.strictObject({
  username: required('username').meta({
    example: 'alice', description: 'At most 130 letters and digits of one script, and @ . + - _',
  }),
  password: required('password').meta({ description: '8 to 128 characters; 15 or more recommended', format: 'password' }),
  phone_number: required('phoneNumber').meta({
    example: '+14155550100', description: 'International, or national with `country_code` or `country`',
  }),
  country_code: z.union([z.int(), bounded('countryCode')]).optional().meta({ example: 1, description: 'A calling code' }),
  country: text('countryCode').optional().meta({ example: 'US', description: 'Two letters, instead of `country_code`' }),
  full_name: text('fullName').optional().meta({ example: 'Alice Liddell' }),
  bot_check: text('botCheck').optional().meta({
    description: 'The answer to `GET /registration/bot-check`, where one is required',
  }),
});

const { phone_number, country_code, country } = registrationSchema.shape;

export const phoneNumberSchema = z.strictObject({ phone_number, country_code, country });

export const sessionSchema = z.strictObject({
  username: required('username').meta({ example: 'alice' }),
  password: required('password').meta({ format: 'password' }),
});

export const confirmationSchema = z.strictObject({ code: required('code').meta({ example: '123456' }) });

export const resendSchema = z.strictObject({ channel: z.enum(CHANNELS).default('sms') }).default({ channel: 'sms' });

export const meSchema = z.strictObject({
  full_name: text('fullName').optional().meta({ example: 'Alice Liddell' }),
  // Any other string is refused by the account's own rule: well-formed, so 422 and not 400.
  locale: bounded('locale', { error: 'must be a string or null' }).nullable().optional().meta({
    enum: [...LOCALES, null],
    example: 'es',
    description: 'Language of messages; null: the `Accept-Language` of the request that sends one',
  }),
});

export const passwordSchema = z.strictObject({
  current_password: required('password').meta({ format: 'password' }),
  password: required('password').meta({ format: 'password' }),
});

export const twoFactorSchema = z.strictObject({
  enabled: z.boolean({ error: ({ input }) => (input === undefined ? REQUIRED : 'must be true or false') }),
});
