/**
 * The second factor's state and its switch. The button says what to set, so pressing it twice
 * changes nothing.
 */
export function TwoFactorCard({ on }: { on: boolean }) {
  return (
    <section class="card" aria-labelledby="two-factor">
      <h2 id="two-factor">
        Two-factor log-in <span class={on ? 'badge badge-good' : 'badge'}>{on ? 'On' : 'Off'}</span>
      </h2>
      <p>
        {on
          ? 'Each log-in asks for your password and for a one-time password sent to your phone.'
          : 'Ask for a one-time password at each log-in, so that a stolen password alone opens nothing.'}
      </p>
      {/* NIST SP 800-63B-4, 3.2.9: a restricted authenticator, and people are told so. */}
      <p class="field-help">
        Text messages can be read by whoever takes over your number. It is still far safer than a
        password alone.
      </p>
      <form method="post" action="/dashboard/">
        <button
          class={on ? 'button button-quiet' : 'button'}
          type="submit"
          name="two_factor_auth"
          value={on ? 'off' : 'on'}
        >
          {on ? 'Turn two-factor off' : 'Turn two-factor on'}
        </button>
      </form>
    </section>
  );
}
