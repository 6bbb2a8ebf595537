import { z } from 'zod';
import { CHANNELS } from '../common/channel.js';
import { REQUIRED } from '../common/form-issues.js';
import { LOCALES } from '../common/locale.js';

const text = () => z.string({ error: ({ input }) => (input === undefined ? REQUIRED : 'must be a string') });
const required = () => text().min(1, REQUIRED);

/** Bodies of the JSON API. Wrong types and unknown fields are 400, missing or empty required values 422. */
export const registrationSchema = z.strictObject({
  username: required().meta({ example: 'alice', description: 'At most 130 letters and digits of one script, and @ . + - _' }),
  password: required().meta({ description: '8 to 128 characters; 15 or more recommended', format: 'password' }),
  phone_number: required().meta({ example: '+14155550100', description: 'International, or national with `country_code`' }),
  country_code: z.union([z.int(), z.string()]).optional().meta({ example: 1 }),
  full_name: text().optional().meta({ example: 'Alice Liddell' }),
  bot_check: text().optional().meta({ description: 'The answer to `GET /registration/bot-check`, where one is required' }),
});

export const sessionSchema = z.strictObject({
  username: required().meta({ example: 'alice' }),
  password: required().meta({ format: 'password' }),
});

export const confirmationSchema = z.strictObject({ code: required().meta({ example: '123456' }) });

export const resendSchema = z.strictObject({ channel: z.enum(CHANNELS).default('sms') }).default({ channel: 'sms' });

export const meSchema = z.strictObject({
  full_name: text().optional().meta({ example: 'Alice Liddell' }),
  // Any other string is refused by the account's own rule: well-formed, so 422 and not 400.
  locale: z.string({ error: 'must be a string or null' }).nullable().optional().meta({
    enum: [...LOCALES, null],
    example: 'es',
    description: 'Language of messages; null: the `Accept-Language` of the request that sends one',
  }),
});

export const passwordSchema = z.strictObject({
  current_password: required().meta({ format: 'password' }),
  password: required().meta({ format: 'password' }),
});

export const twoFactorSchema = z.strictObject({
  enabled: z.boolean({ error: ({ input }) => (input === undefined ? REQUIRED : 'must be true or false') }),
});
