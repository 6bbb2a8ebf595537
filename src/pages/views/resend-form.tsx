import { waitText } from './duration.js';
import type { CodeState } from './verify-texts.js';

interface ResendFormProps {
  state: CodeState;
  waitSeconds: number;
  canCall: boolean;
}

const BUTTON: Record<CodeState, string> = { sent: 'Resend OTP', unsent: 'Send the code', dead: 'Send a new code' };

/** Asks for the code (again). Without the script the wait is only told; the script counts it down and holds the buttons. */
export function ResendForm({ state, waitSeconds, canCall }: ResendFormProps) {
  const style = state === 'sent' ? 'button button-quiet' : 'button';
  const waits = waitSeconds > 0;
  return (
    <form class="resend" method="post" action="/verify/resend" data-resend-in={waits ? Math.ceil(waitSeconds) : undefined}>
      {state === 'sent' && <p class="resend-question">Didn't receive one time password?</p>}
      <div class="actions">
        <button class={style} type="submit" name="channel" value="sms">{BUTTON[state]}</button>
        {canCall && <button class="button button-quiet" type="submit" name="channel" value="call">Call me instead</button>}
      </div>
      {waits && <p class="field-help" data-wait>You can ask for it in <span data-countdown>{waitText(waitSeconds)}</span>.</p>}
    </form>
  );
}
