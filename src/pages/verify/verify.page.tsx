import type { Channel } from '../../common/channel.js';
import type { CodeLength } from '../../common/text/typed-code.js';
import { CodeForm } from './code-form.js';
import { Layout } from '../views/layout.js';
import type { PageMessage } from '../views/message.js';
import { ResendForm } from './resend-form.js';
import { DeliveryStatus, NoCodeStatus } from './verify-status.js';
import { PURPOSE_TEXT, type ConfirmationNotice, type ConfirmationPurpose } from './verify-texts.js';
import { WayOut } from './way-out.js';

export interface VerifyPageProps {
  /** What is confirmed. */
  what?: string | undefined;
  /** The number with all but its last digits hidden; absent where no message brings a code. */
  phoneHint?: string | undefined;
  purpose: ConfirmationPurpose;
  channel?: Channel | undefined;
  /** When the last message went out; null when none did. */
  sentAt?: Date | null;
  /** Until the code dies; 0 or less: it is dead. */
  expiresInSeconds: number;
  /** Until a message may be asked for; 0 or less: at once. */
  resendInSeconds: number;
  attemptsLeft: number;
  /** Why the last message did not go out. */
  notice?: ConfirmationNotice | null | undefined;
  /** Which limit kept it back, in a sentence; without it the wait between two messages did. */
  limitText?: string | null | undefined;
  /** What its gateway says of the last message. */
  delivery?: 'delivered' | 'failed' | null | undefined;
  /** Why the code was refused. */
  error?: string | undefined;
  /** The phone has never been confirmed. */
  unverified: boolean;
  /** Another number can be given without giving up anything. */
  canGiveNumber?: boolean;
  /** How the code can be asked for again. */
  channels: readonly Channel[];
  /** While developing, messages lie in the inbox of this machine. */
  hasInbox?: boolean;
  /** There is no live proof: nothing can be typed in, but a new code can be asked for. */
  expired?: boolean;
  codeLength?: CodeLength | undefined;
  message?: PageMessage | undefined;
  /** Only of a session that is active already (a step-up). */
  signedInAs?: string | undefined;
}

/**
 * The confirm page of this browser's proof, in each of its states: sent, not sent, expired,
 * tries used up.
 */
export function VerifyPage(props: VerifyPageProps) {
  const { what = 'phone number', phoneHint, purpose, error, resendInSeconds } = props;
  const { message, signedInAs } = props;
  const title = `Confirm your ${what}`;
  const live = !props.expired && props.expiresInSeconds > 0;
  const open = live && props.attemptsLeft > 0;
  const sent = open && (phoneHint === undefined || Boolean(props.sentAt));
  const state = sent ? 'sent' : open ? 'unsent' : 'dead';
  const resend = (
    <ResendForm state={state} waitSeconds={resendInSeconds} channels={props.channels} />
  );
  return (
    <Layout
      title={title}
      message={message}
      signedInAs={signedInAs}
      locked={!signedInAs}
      refused={Boolean(error)}
    >
      <section class="card">
        <h1>{title}</h1>
        {props.unverified && <p class="badge badge-warning">User Not verified.</p>}
        <p class="intro">
          {PURPOSE_TEXT[purpose]}
          {phoneHint !== undefined && (
            <>
              {' '}
              Your number: <strong class="phone">{phoneHint}</strong>
            </>
          )}
        </p>
        {!open && <NoCodeStatus why={whyNone(props)} error={error} />}
        <DeliveryStatus
          state={state}
          notice={props.notice}
          limitText={props.limitText}
          delivery={props.delivery}
          canCall={props.channels.includes('call')}
          waitSeconds={resendInSeconds}
        />
        {!sent && resend}
        {open && (
          <CodeForm
            channel={props.channel}
            sent={sent}
            expiresInSeconds={props.expiresInSeconds}
            attemptsLeft={props.attemptsLeft}
            error={error}
            length={props.codeLength}
          />
        )}
        {sent && phoneHint !== undefined && resend}
        {props.hasInbox && (
          <p class="aside">
            While you develop, messages lie in the{' '}
            <a href="/dev/inbox" target="_blank">
              inbox
            </a>
            .
          </p>
        )}
        <WayOut purpose={purpose} canGiveNumber={props.canGiveNumber} />
      </section>
    </Layout>
  );
}

function whyNone({
  expired,
  expiresInSeconds,
  sentAt,
}: VerifyPageProps): 'tries' | 'time' | 'none' {
  if (!expired && expiresInSeconds > 0) return 'tries';
  return sentAt && expiresInSeconds <= 0 ? 'time' : 'none';
}
