import { z } from 'zod';
import { bounded } from '../../common/text/bounded.js';
import { CHANNELS } from '../../common/channel.js';
import { REQUIRED } from '../../common/errors/form-issues.js';
import { LOCALES } from '../../common/locale.js';
import type { TextKind } from '../../common/limits/text-limits.js';

const text = (kind: TextKind) =>
  bounded(kind, { error: ({ input }) => (input === undefined ? REQUIRED : 'must be a string') });
/**
 * Every sentence is ours: a schema without its own `error` would tell people what its library says.
 */
const body = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, { error: 'must be a JSON object' });
const required = (kind: TextKind) => text(kind).min(1, REQUIRED);

/**
 * Bodies of the JSON API. Wrong types and unknown fields are 400, missing or empty required values
 * 422.
 */
export const registrationSchema = body({
  username: required('username').meta({
    examples: ['alice'],
    description: 'At most 130 letters and digits of one script, and @ . + - _',
  }),
  password: required('password').meta({
    description: '8 to 128 characters; 15 or more recommended',
    format: 'password',
  }),
  phone_number: required('phoneNumber').meta({
    examples: ['+14155550100'],
    description: 'International, or national with `country_code` or `country`',
  }),
  country_code: z
    .union([z.int(), bounded('countryCode')], { error: 'must be a number or a string' })
    .optional()
    .meta({ examples: [1], description: 'A calling code' }),
  country: text('countryCode')
    .optional()
    .meta({ examples: ['US'], description: 'Two letters, instead of `country_code`' }),
  full_name: text('fullName')
    .optional()
    .meta({ examples: ['Alice Liddell'] }),
  bot_check: text('botCheck').optional().meta({
    description: 'The answer to `GET /registration/bot-check`, where one is required',
  }),
});

const { phone_number, country_code, country } = registrationSchema.shape;

export const phoneNumberSchema = body({ phone_number, country_code, country });

export const sessionSchema = body({
  username: required('username').meta({ examples: ['alice'] }),
  password: required('password').meta({ format: 'password' }),
});

export const confirmationSchema = body({ code: required('code').meta({ examples: ['123456'] }) });

export const resendSchema = body({
  channel: z.enum(CHANNELS, { error: `must be one of ${CHANNELS.join(', ')}` }).default('sms'),
}).default({ channel: 'sms' });

export const meSchema = body({
  full_name: text('fullName')
    .optional()
    .meta({ examples: ['Alice Liddell'] }),
  // Any other string is refused by the account's own rule: well-formed, so 422 and not 400.
  locale: bounded('locale', { error: 'must be a string or null' })
    .nullable()
    .optional()
    .meta({
      enum: [...LOCALES, null],
      examples: ['es'],
      description:
        'Language of messages; null: the `Accept-Language` of the request that sends one',
    }),
});

export const passwordSchema = body({
  current_password: required('password').meta({ format: 'password' }),
  password: required('password').meta({ format: 'password' }),
});

export const twoFactorSchema = body({
  enabled: z.boolean({
    error: ({ input }) => (input === undefined ? REQUIRED : 'must be true or false'),
  }),
});
