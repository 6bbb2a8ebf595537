import { z } from 'zod';
import { CHANNELS } from '../../common/channel.js';
import { FIELD_ERROR_CODES } from '../../common/errors/field-error-codes.js';
import { ERROR_TABLE, type ErrorCode } from '../../common/errors/error-table.js';
import { PURPOSES } from '../../common/purpose.js';
import { BOT_CHECKS } from '../../config/bot-check-settings.js';
import { userSchema } from '../user.answer.js';

const instant = z.iso.datetime();

/** Of a code that a message brings; another factor's proof has none of these. */
const message = z
  .object({
    channel: z.enum(CHANNELS),
    phone_hint: z.string().meta({ examples: ['+91 ••••• •3210'] }),
    sent_at: instant
      .nullable()
      .meta({ description: 'When the last message went out; null when none did' }),
    resend_at: instant.meta({ description: 'From when a message may be asked for' }),
    notice: z
      .enum(['provider_unavailable', 'too_many_requests'])
      .nullable()
      .meta({ description: 'Why the last message did not go out' }),
    delivery: z.enum(['delivered', 'failed']).nullable().meta({
      description: 'What the gateway says of the last message; null while it says nothing certain',
    }),
    channels: z
      .array(z.enum(CHANNELS))
      .meta({ description: 'How the code is offered to be sent again' }),
  })
  .partial();

const confirmation = z.object({
  purpose: z.enum(PURPOSES),
  ...message.shape,
  expires_at: instant,
  attempts_left: z.int().min(0).max(5),
});

const instants = {
  expires_at: instant.meta({
    description:
      'When the token dies if nothing more happens; it moves with use, and of a pending session with each code sent',
  }),
  absolute_expires_at: instant.meta({
    description: 'When it dies at the latest, however often it is used',
  }),
};
const waiting = confirmation.nullable();

const active = z.object({
  state: z.literal('active'),
  ...instants,
  confirmation: waiting.meta({
    description: 'A step-up that was asked for and is not answered yet',
  }),
  user: userSchema,
});
const pending = z.object({
  state: z.literal('confirmation_required'),
  ...instants,
  confirmation: waiting,
  may_give_number: z.literal(true).optional().meta({
    description:
      "The account's number is somebody else's: `PUT /session/phone-number` takes another one",
  }),
});
const due = z.object({
  state: z.literal('password_change_required'),
  ...instants,
  confirmation: waiting,
});
const session = z.discriminatedUnion('state', [active, pending, due]);

// Not `allOf` of those above: generators take whatever refers to a schema with a discriminator for
// one of its kinds.
const fresh = {
  token: z.string().meta({ description: 'Only where one was just made; it is never shown again' }),
  device_token: z.string().optional().meta({
    description:
      'After a complete log-in: keep it for this account, and send it as `Ringback-Device` at the next log-in',
  }),
};
const openedActive = active.extend(fresh);
const openedPending = pending.extend(fresh);
const openedDue = due.extend(fresh);
const opened = z.discriminatedUnion('state', [openedActive, openedPending, openedDue]);

const botCheck = z.object({
  required: z
    .boolean()
    .meta({ description: 'Asked of this address already; of others the number may still decide' }),
  name: z.enum(BOT_CHECKS).nullable().meta({ description: 'Null: registrations need no check' }),
  puzzle: z
    .object({ parameters: z.record(z.string(), z.unknown()), signature: z.string() })
    .nullable()
    .meta({ description: 'Of a proof of work: an ALTCHA v2 challenge' }),
  site_key: z
    .string()
    .nullable()
    .meta({ description: 'Of turnstile and hcaptcha: what their widget asks for' }),
  expires_at: instant.nullable().meta({ description: 'Until when a solved puzzle counts' }),
});

const fieldError = z.object({
  pointer: z.string().meta({ description: 'JSON pointer (RFC 6901) into the body' }),
  code: z.enum(FIELD_ERROR_CODES).meta({
    description:
      'An open list: more may come. Take a code that you do not know for `invalid`, and show `detail`',
  }),
  detail: z.string().meta({ description: 'A sentence for people' }),
  choices: z
    .array(z.string())
    .optional()
    .meta({ description: 'What the value may mean: send the right one in its place' }),
});

const problem = z.object({
  type: z.url().meta({ description: 'An address that says what the code means and what to do' }),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(ERROR_TABLE) as [ErrorCode, ...ErrorCode[]]).meta({
    description: 'An open list: more may come. Go by the status of a code that you do not know',
  }),
  detail: z.string(),
  request_id: z.string(),
  errors: z.array(fieldError).optional(),
  attempts_left: z.int().optional(),
  retry_after: z.int().optional().meta({ description: 'Seconds, as in the Retry-After header' }),
  confirmation: confirmation.optional(),
  token: z.string().optional().meta({
    description:
      'Of `phone_number_taken` where the account is kept: the session goes on by it, to `PUT /session/phone-number`',
  }),
});

/** What the API answers, for its documentation and for tests that hold it to its word. */
export const answerSchemas = {
  Session: session,
  ActiveSession: active,
  PendingSession: pending,
  PasswordChangeSession: due,
  OpenedSession: opened,
  OpenedActiveSession: openedActive,
  OpenedPendingSession: openedPending,
  OpenedPasswordChangeSession: openedDue,
  Confirmation: confirmation,
  ConfirmationAnswer: z.object({ confirmation }),
  User: userSchema,
  BotCheck: botCheck,
  FieldError: fieldError,
  Problem: problem,
};
