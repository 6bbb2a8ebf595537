import { staticAddress } from '../common/kept-files.js';

export interface InboxMessage {
  /** E.164. */
  to: string;
  channel: string;
  text: string;
  /** Empty in a notice. */
  code: string;
  sentAt: Date;
}

export interface InboxPageProps {
  /** Newest first. */
  messages: readonly InboxMessage[];
}

/**
 * What the local sender "sent", for developers. It borrows the product's stylesheet by address and
 * nothing else.
 */
export function InboxPage({ messages }: InboxPageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Inbox · Ringback development</title>
        <link rel="icon" href={staticAddress('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={staticAddress('ringback.css')} />
        <script src={staticAddress('inbox.js')} defer />
        <noscript>
          <meta http-equiv="refresh" content="5" />
        </noscript>
      </head>
      <body>
        <main class="inbox">
          <header class="page-head">
            <h1>Inbox</h1>
            <a href="/dev/inbox">Reload</a>
          </header>
          <p class="intro">
            Messages of the built-in sender. Nothing here has left this machine. New ones appear by
            themselves.
          </p>
          <div id="messages" aria-live="polite">
            {messages.length === 0 ? (
              <p class="card">No messages yet.</p>
            ) : (
              <ol>{messages.map(inboxEntry)}</ol>
            )}
          </div>
        </main>
      </body>
    </html>
  );
}

function inboxEntry({ to, channel, text, code, sentAt }: InboxMessage) {
  return (
    <li class="card">
      <p class="inbox-head">
        <strong>{to}</strong>
        <span class="badge">{channel}</span>
        <time dateTime={sentAt.toISOString()}>{sentAt.toISOString()}</time>
      </p>
      {code === '' ? null : (
        <p class="inbox-code">
          <span>{code}</span>
          <button type="button" data-copy={code} aria-label={`Copy ${code}`} hidden>
            Copy
          </button>
        </p>
      )}
      <p class="inbox-text">{text}</p>
    </li>
  );
}
