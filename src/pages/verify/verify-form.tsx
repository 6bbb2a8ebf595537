import type { CurrentSession } from '../../auth/sessions/current-session.js';
import type { PendingProof } from '../../auth/factors/pending-proof.js';
import { secondsUntil } from '../../common/clock.js';
import { mayGiveNumber } from '../../auth/taken-numbers.service.js';
import { maskPhoneNumber } from '../../common/phone/phone-number.js';
import { displayName } from '../../users/user-columns.js';
import { numberWithCountry } from '../register/number-with-country.js';
import type { PageMessage } from '../views/message.js';
import { VerifyPage } from './verify.page.js';

interface VerifyFormProps {
  current: CurrentSession;
  pending: PendingProof | null;
  now: Date;
  error?: string | undefined;
  /** Why a message just asked for did not go out. */
  notice?: PendingProof['notice'] | undefined;
  /** How long to wait before asking again, where the challenge does not know. */
  waitSeconds?: number | undefined;
  message?: PageMessage | undefined;
  /** This browser typed the number: it sees it whole. */
  isTyped: boolean;
  hasInbox: boolean;
}

/** The confirm page of a session, its challenge alive or not. */
export function VerifyForm(props: VerifyFormProps) {
  const {
    current,
    pending,
    now,
    error,
    notice,
    waitSeconds = 0,
    message,
    isTyped,
    hasInbox,
  } = props;
  const { user, state } = current;
  const purpose = pending?.purpose ?? (user.phoneNumberVerified ? 'login' : 'register');
  const isWhole = isTyped && purpose === 'register';
  return (
    <VerifyPage
      phoneHint={
        isWhole
          ? numberWithCountry(user.phoneNumber)
          : (pending?.phoneHint ?? maskPhoneNumber(user.phoneNumber))
      }
      purpose={purpose}
      channel={pending?.channel ?? 'sms'}
      sentAt={pending?.sentAt ?? null}
      expiresInSeconds={pending ? secondsUntil(pending.expiresAt, now) : 0}
      resendInSeconds={Math.max(waitSeconds, pending ? secondsUntil(pending.resendAt, now) : 0)}
      attemptsLeft={pending?.attemptsLeft ?? 0}
      notice={notice ?? pending?.notice}
      limitText={pending?.limitText}
      error={error}
      unverified={!user.phoneNumberVerified}
      canGiveNumber={mayGiveNumber(current)}
      delivery={pending?.delivery}
      channels={pending?.channels ?? ['sms']}
      expired={!pending?.isLive}
      codeLength={pending?.codeLength}
      message={message}
      hasInbox={hasInbox}
      signedInAs={state === 'active' ? displayName(user) : undefined}
    />
  );
}
