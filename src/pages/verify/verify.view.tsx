import type { FastifyRequest } from 'fastify';
import type { CurrentSession } from '../../auth/sessions/current-session.js';
import type { PendingMessage, PendingProof } from '../../auth/factors/factor.js';
import { loginPurpose } from '../../auth/factors/second-factor.js';
import { secondsUntil } from '../../common/clock.js';
import { mayGiveNumber } from '../../auth/taken-numbers.service.js';
import { maskPhoneNumber } from '../../common/phone/phone-number.js';
import { displayName } from '../../users/user-columns.js';
import { Settings } from '../../config/settings.js';
import { pageCookie } from '../page-cookie.js';
import { numberWithCountry } from '../register/number-with-country.js';
import { TYPED_NUMBER, typedNumberValue } from '../register/typed-number-cookie.js';
import type { PageMessage } from '../views/message.js';
import { VerifyPage } from './verify.page.js';

interface VerifyViewProps {
  current: CurrentSession;
  pending: PendingProof | null;
  now: Date;
  error?: string | undefined;
  /** Why a message just asked for did not go out. */
  notice?: PendingMessage['notice'] | undefined;
  /** How long to wait before asking again, where the proof does not know. */
  waitSeconds?: number | undefined;
  message?: PageMessage | undefined;
  /** This browser typed the number: it sees it whole. */
  isTyped: boolean;
  hasInbox: boolean;
}

/** The confirm page of a session, its proof live or not. */
export function VerifyView(props: VerifyViewProps) {
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
  const purpose = pending?.purpose ?? loginPurpose(user);
  const sent = pending?.message;
  const isPhone = pending === null || sent !== undefined;
  const ownNumber =
    isTyped && purpose === 'register' ? numberWithCountry(user.phoneNumber) : undefined;
  return (
    <VerifyPage
      what={pending?.what}
      phoneHint={
        isPhone ? (ownNumber ?? sent?.phoneHint ?? maskPhoneNumber(user.phoneNumber)) : undefined
      }
      purpose={purpose}
      channel={sent?.channel}
      sentAt={sent?.sentAt ?? null}
      expiresInSeconds={pending ? secondsUntil(pending.expiresAt, now) : 0}
      resendInSeconds={Math.max(waitSeconds, sent ? secondsUntil(sent.resendAt, now) : 0)}
      attemptsLeft={pending?.attemptsLeft ?? 0}
      notice={notice ?? sent?.notice}
      limitText={sent?.limitText}
      error={error}
      unverified={!user.phoneNumberVerified}
      canGiveNumber={mayGiveNumber(current)}
      delivery={sent?.delivery}
      channels={sent?.channels ?? ['sms']}
      expired={pending?.state !== 'live'}
      codeLength={pending?.codeLength}
      message={message}
      hasInbox={hasInbox}
      signedInAs={state === 'active' ? displayName(user) : undefined}
    />
  );
}

/** What of a session its browser may see. */
export const shownTo = (request: FastifyRequest, current: CurrentSession, settings: Settings) => ({
  current,
  isTyped: pageCookie(request, TYPED_NUMBER, settings) === typedNumberValue(current),
  hasInbox: Settings.hasInbox(settings),
});
