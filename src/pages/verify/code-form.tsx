import { staticAddress } from '../../common/kept-files.js';
import type { Channel } from '../../common/channel.js';
import { TEXT_LIMITS } from '../../common/limits/text-limits.js';
import type { CodeLength } from '../../common/text/typed-code.js';
import { timeLeftText } from '../../common/text/wait-text.js';
import { TextField } from '../views/field.js';

interface CodeFormProps {
  channel: Channel | undefined;
  sent: boolean;
  expiresInSeconds: number;
  attemptsLeft: number;
  error: string | undefined;
  /** Absent where the answer is no code of digits. */
  length: CodeLength | undefined;
}

/**
 * The one field for the code. Phones offer the code of an arriving message here; a whole message
 * may be pasted. The script tells at once what is no code, and sends what was pasted or filled in.
 */
export function CodeForm({
  channel,
  sent,
  expiresInSeconds,
  attemptsLeft,
  error,
  length,
}: CodeFormProps) {
  const triesLeft = attemptsLeft === 1 ? '1 try left.' : `${attemptsLeft} tries left.`;
  const script = length && {
    'data-web-otp': channel === 'sms' ? '' : undefined,
    'data-code': `${length.least}-${length.most}`,
    'data-code-error': `Enter the ${digitsOf(length)} digits of the code.`,
  };
  return (
    <form
      method="post"
      action="/verify/"
      novalidate
      {...script}
      data-refused={error ? '' : undefined}
    >
      <TextField
        name="one_time_password"
        label="One-time password"
        errors={error ? [error, triesLeft] : []}
        help={sent ? [`It works for another ${timeLeftText(expiresInSeconds)}.`] : []}
        focus={sent}
        autocomplete="one-time-code"
        input={{
          inputMode: length && 'numeric',
          maxLength: TEXT_LIMITS.code,
          spellcheck: false,
          class: 'code',
        }}
      />
      <button
        class={sent ? 'button button-block' : 'button button-block button-quiet'}
        type="submit"
      >
        Confirm
      </button>
      <script src={staticAddress('code.js')} defer />
    </form>
  );
}

const digitsOf = ({ least, most }: CodeLength): string =>
  least === most ? `${least}` : `${least} to ${most}`;
