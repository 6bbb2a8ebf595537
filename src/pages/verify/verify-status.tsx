import { Message } from '../views/message.js';
import { type CodeState, type ConfirmationNotice, NOTICE_TEXT } from './verify-texts.js';

interface NoCodeStatusProps {
  /** Its tries are used up, its time is over, or there is none. */
  why: 'tries' | 'time' | 'none';
  error: string | undefined;
}

/** Why there is no field for a code. While there is one, errors stand beside it. */
export function NoCodeStatus({ why, error }: NoCodeStatusProps) {
  return (
    <Message kind={error ? 'error' : 'info'}>
      {error && <p>{error}</p>}
      {(why === 'tries' || !error) && <p>{NO_CODE[why]}</p>}
    </Message>
  );
}

const NO_CODE = {
  tries: 'No tries are left for this code. Ask for a new one.',
  time: 'The code has expired. Ask for a new one.',
  none: 'There is no valid code any more. Ask for a new one.',
};

interface DeliveryStatusProps {
  state: CodeState;
  notice: ConfirmationNotice | null | undefined;
  limitText: string | null | undefined;
  delivery: 'delivered' | 'failed' | null | undefined;
  canCall: boolean;
  waitSeconds: number;
}

/** What became of the last message, as far as it is known. */
export function DeliveryStatus({
  state,
  notice,
  limitText,
  delivery,
  canCall,
  waitSeconds,
}: DeliveryStatusProps) {
  if (notice) {
    return (
      <Message kind="error">
        <p>{(notice === 'too_many_requests' && limitText) || NOTICE_TEXT[notice]}</p>
        {state === 'sent' && <p>The code sent before still works.</p>}
      </Message>
    );
  }
  if (state === 'sent' && delivery) return <Receipt delivery={delivery} canCall={canCall} />;
  if (state !== 'unsent') return null;
  if (waitSeconds <= 0) return <Message kind="error">{NOTICE_TEXT.provider_unavailable}</Message>;
  return (
    <Message kind="info">
      No message was sent just now, because one went to this number a moment ago.
    </Message>
  );
}

function Receipt({ delivery, canCall }: { delivery: 'delivered' | 'failed'; canCall: boolean }) {
  if (delivery === 'delivered')
    return <Message kind="info">The message was delivered to your phone.</Message>;
  const advice = canCall ? 'try a call' : 'ask for it again';
  return (
    <Message kind="error">
      The message could not be delivered. Check the number, or {advice}.
    </Message>
  );
}
