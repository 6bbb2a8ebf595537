import { Layout } from '../views/layout.js';
import type { PageMessage } from '../views/message.js';

export interface HomePageProps {
  signedInAs?: string | undefined;
  message?: PageMessage | undefined;
}

export function HomePage({ signedInAs, message }: HomePageProps) {
  return (
    <Layout
      title="Accounts with a confirmed phone"
      message={message}
      signedInAs={signedInAs}
      here="/"
    >
      <div class="hero">
        <div>
          <h1>Your account, confirmed by your phone.</h1>
          <p class="lead">
            Choose a username and a password, and prove that you hold your phone with a one-time
            password. You are in within a minute.
          </p>
          {signedInAs ? (
            <p class="actions">
              <a class="button" href="/dashboard/">
                Go to your dashboard
              </a>
            </p>
          ) : (
            <p class="actions">
              <a class="button" href="/register/">
                Register
              </a>
              <a class="button button-quiet" href="/login/">
                Log in
              </a>
            </p>
          )}
        </div>
        <CodePicture />
      </div>
      <ul class="promises">
        <li>
          <h2>A phone that is really yours</h2>
          <p>
            Every account belongs to a number whose holder answered with the right code. A number
            nobody has proven blocks nobody.
          </p>
        </li>
        <li>
          <h2>A second factor, if you like</h2>
          <p>
            Turn it on, and each log-in asks for a fresh code as well: a stolen password alone opens
            nothing.
          </p>
        </li>
        <li>
          <h2>Codes that reach you</h2>
          <p>
            Your phone offers the code to fill in, and you can ask for it again. It works once, and
            for ten minutes.
          </p>
        </li>
      </ul>
    </Layout>
  );
}

const DIGITS = [4, 1, 8, 2, 0, 6];

/** Decoration only: a message that arrives, and the boxes it fills. */
function CodePicture() {
  return (
    <div class="code-picture" aria-hidden="true">
      <p class="bubble">Your Ringback code has arrived.</p>
      <p class="boxes">
        {DIGITS.map((digit) => (
          <span>{digit}</span>
        ))}
      </p>
    </div>
  );
}
