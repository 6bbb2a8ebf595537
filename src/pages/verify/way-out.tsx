import type { ConfirmationPurpose } from './verify-texts.js';

interface WayOutProps {
  purpose: ConfirmationPurpose;
  /** The account is kept, and another number asked for. */
  canGiveNumber?: boolean | undefined;
}

/**
 * How to leave the confirm page without a code: a pending session is given up, an active one goes
 * back to where it was.
 */
export function WayOut({ purpose, canGiveNumber = false }: WayOutProps) {
  if (canGiveNumber)
    return (
      <p class="aside">
        Wrong number? <a href="/verify/number/">Use another number</a>
      </p>
    );
  if (purpose === 'register')
    return <Cancel question="Wrong number?" answer="Use another number" />;
  if (purpose === 'login') return <Cancel question="Changed your mind?" answer="Cancel" />;
  return (
    <p class="aside">
      <a href="/dashboard/">Back to the dashboard</a>
    </p>
  );
}

function Cancel({ question, answer }: { question: string; answer: string }) {
  return (
    <form class="aside" method="post" action="/verify/cancel">
      {question}{' '}
      <button class="link-button" type="submit">
        {answer}
      </button>
    </form>
  );
}
