import type { Channel } from '../../common/channel.js';
import { timeLeftText } from './duration.js';
import { TextField } from './field.js';

interface CodeFormProps {
  channel: Channel;
  sent: boolean;
  expiresInSeconds: number;
  attemptsLeft: number;
  error: string | undefined;
}

/** The one field for the code. Phones offer the code of an arriving message here; spaces and dashes may be typed along. */
export function CodeForm({ channel, sent, expiresInSeconds, attemptsLeft, error }: CodeFormProps) {
  const triesLeft = attemptsLeft === 1 ? '1 try left.' : `${attemptsLeft} tries left.`;
  return (
    <form method="post" action="/verify/" novalidate data-web-otp={channel === 'sms' ? '' : undefined}>
      <TextField
        name="one_time_password"
        label="One-time password"
        errors={error ? [error, triesLeft] : []}
        help={sent ? [`It works for another ${timeLeftText(expiresInSeconds)}.`] : []}
        focus={sent}
        autocomplete="one-time-code"
        input={{ inputMode: 'numeric', maxLength: 20, spellcheck: false, class: 'code' }}
      />
      <button class={sent ? 'button button-block' : 'button button-block button-quiet'} type="submit">Confirm</button>
    </form>
  );
}
