import type { Channel } from '../../common/channel.js';
import { waitText } from '../../common/text/wait-text.js';
import type { CodeState } from './verify-texts.js';

interface ResendFormProps {
  state: CodeState;
  waitSeconds: number;
  channels: readonly Channel[];
}

const BUTTON: Record<CodeState, string> = {
  sent: 'Resend OTP',
  unsent: 'Send the code',
  dead: 'Send a new code',
};

const OTHERS: readonly (readonly [Channel, string])[] = [
  ['call', 'Call me instead'],
  ['whatsapp', 'Send it by WhatsApp'],
];

/**
 * Asks for the code (again). Without the script the wait is only told; the script counts it down
 * and holds the buttons.
 */
export function ResendForm({ state, waitSeconds, channels }: ResendFormProps) {
  const style = state === 'sent' ? 'button button-quiet' : 'button';
  const waits = waitSeconds > 0;
  return (
    <form
      class="resend"
      method="post"
      action="/verify/resend"
      data-resend-in={waits ? Math.ceil(waitSeconds) : undefined}
    >
      {state === 'sent' && <p class="resend-question">Didn't receive one time password?</p>}
      <div class="actions">
        <button class={style} type="submit" name="channel" value="sms">
          {BUTTON[state]}
        </button>
        {OTHERS.filter(([channel]) => channels.includes(channel)).map(([channel, label]) => (
          <button class="button button-quiet" type="submit" name="channel" value={channel}>
            {label}
          </button>
        ))}
      </div>
      {waits && (
        <p class="field-help" data-wait>
          You can ask for it in <span data-countdown>{waitText(waitSeconds)}</span>.
        </p>
      )}
    </form>
  );
}
