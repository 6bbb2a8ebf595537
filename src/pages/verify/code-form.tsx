import { staticAddress } from '../../common/kept-files.js';
import type { Channel } from '../../common/channel.js';
import { TEXT_LIMITS } from '../../common/limits/text-limits.js';
import type { CodeLength } from '../../common/text/typed-code.js';
import { timeLeftText } from '../views/duration.js';
import { TextField } from '../views/field.js';

interface CodeFormProps {
  channel: Channel;
  sent: boolean;
  expiresInSeconds: number;
  attemptsLeft: number;
  error: string | undefined;
  length: CodeLength;
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
  length: { least, most },
}: CodeFormProps) {
  const triesLeft = attemptsLeft === 1 ? '1 try left.' : `${attemptsLeft} tries left.`;
  const digits = least === most ? `${least}` : `${least} to ${most}`;
  return (
    <form
      method="post"
      action="/verify/"
      novalidate
      data-web-otp={channel === 'sms' ? '' : undefined}
      data-code={`${least}-${most}`}
      data-code-error={`Enter the ${digits} digits of the code.`}
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
          inputMode: 'numeric',
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
