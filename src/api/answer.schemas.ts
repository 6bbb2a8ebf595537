import { z } from 'zod';
import { CHANNELS } from '../common/channel.js';
import { ERROR_TABLE, type ErrorCode } from '../common/error-table.js';
import { LOCALES } from '../common/locale.js';
import { BOT_CHECKS } from '../config/bot-check-settings.js';

const instant = z.iso.datetime();
const purposes = [
  'register', 'login', 'enable_two_factor', 'disable_two_factor', 'change_phone', 'reset_password', 'step_up',
] as const;

const confirmation = z.object({
  purpose: z.enum(purposes),
  channel: z.enum(CHANNELS),
  phone_hint: z.string().meta({ example: '+91 ••••• •3210' }),
  sent_at: instant.nullable().meta({ description: 'When the last message went out; null when none did' }),
  resend_at: instant.meta({ description: 'From when a message may be asked for' }),
  expires_at: instant,
  attempts_left: z.int().min(0).max(5),
  notice: z
    .enum(['provider_unavailable', 'too_many_requests'])
    .nullable()
    .meta({ description: 'Why the last message did not go out' }),
  delivery: z
    .enum(['delivered', 'failed'])
    .nullable()
    .meta({ description: 'What the gateway says of the last message; null while it says nothing certain' }),
  channels: z.array(z.enum(CHANNELS)).meta({ description: 'How the code is offered to be sent again' }),
});

const user = z.object({
  id: z.int(),
  username: z.string(),
  full_name: z.string(),
  display_name: z.string(),
  phone_number: z.string().meta({ description: 'E.164' }),
  country_code: z.int(),
  phone_number_verified: z.boolean(),
  two_factor_auth: z.boolean(),
  locale: z.enum(LOCALES).nullable().meta({ description: 'Language of messages; null: that of each request' }),
  change_pw: z.boolean(),
  is_active: z.boolean(),
  is_staff: z.boolean(),
  is_superuser: z.boolean(),
  date_joined: instant,
  last_login: instant.nullable(),
});

const session = z.object({
  token: z.string().optional().meta({ description: 'Only where one was just made; it is never shown again' }),
  device_token: z.string().optional().meta({
    description: 'Once a log-in got in: keep it for this account, and send it as `Ringback-Device` at the next log-in',
  }),
  state: z.enum(['active', 'confirmation_required', 'password_change_required']),
  expires_at: instant,
  confirmation: confirmation.nullable(),
  may_give_number: z.literal(true).optional().meta({
    description: 'The account\'s number is somebody else\'s: `PUT /session/phone-number` takes another one',
  }),
  user: user.optional().meta({ description: 'Only when active' }),
});

const botCheck = z.object({
  required: z.boolean().meta({ description: 'Asked of this address already; of others the number may still decide' }),
  name: z.enum(BOT_CHECKS).nullable().meta({ description: 'Null: registrations need no check' }),
  puzzle: z
    .object({ parameters: z.record(z.string(), z.unknown()), signature: z.string() })
    .nullable()
    .meta({ description: 'Of a proof of work: an ALTCHA v2 challenge' }),
  site_key: z.string().nullable().meta({ description: 'Of turnstile and hcaptcha: what their widget asks for' }),
  expires_at: instant.nullable().meta({ description: 'Until when a solved puzzle counts' }),
});

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(ERROR_TABLE) as [ErrorCode, ...ErrorCode[]]),
  detail: z.string(),
  request_id: z.string(),
  errors: z.array(z.object({
    pointer: z.string(), code: z.string(), detail: z.string(),
    choices: z.array(z.string()).optional().meta({ description: 'What the value may mean: send the right one in its place' }),
  })).optional(),
  attempts_left: z.int().optional(),
  retry_after: z.int().optional().meta({ description: 'Seconds, as in the Retry-After header' }),
  confirmation: confirmation.optional(),
  token: z.string().optional().meta({
    description: 'Of `phone_number_taken` where the account is kept: the session goes on by it, to `PUT /session/phone-number`',
  }),
});

/** What the API answers, for its documentation and for tests that hold it to its word. */
export const answerSchemas = {
  Session: session, Confirmation: z.object({ confirmation }), User: user, BotCheck: botCheck, Problem: problem,
};
