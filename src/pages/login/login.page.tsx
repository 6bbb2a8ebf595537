import { FormErrors } from '../views/form-errors.js';
import { Layout } from '../views/layout.js';
import type { PageMessage } from '../views/message.js';
import { PasswordField } from '../views/password-field.js';
import { UsernameField } from '../views/username-field.js';

export interface LoginPageProps {
  /** What was typed, empty at first. */
  username: string;
  /**
   * Why the log-in was refused. It concerns the two fields together: which of them is wrong is
   * nobody's business.
   */
  error?: string | undefined;
  /** The path to go on to, kept as it is; whoever redirects there checks it. */
  next?: string | undefined;
  message?: PageMessage | undefined;
}

export function LoginPage({ username, error, next, message }: LoginPageProps) {
  const action = next ? `/login/?next=${encodeURIComponent(next)}` : '/login/';
  const passwordIsNext = username !== '';
  return (
    <Layout title="Log in" message={message} refused={error !== undefined} here="/login/">
      <section class="card">
        <h1>Log in</h1>
        <FormErrors sentences={error ? [error] : []} />
        <form method="post" action={action} novalidate>
          <UsernameField value={username} focus={!passwordIsNext} />
          <PasswordField
            name="password"
            label="Password"
            autocomplete="current-password"
            focus={passwordIsNext}
          />
          <button class="button button-block" type="submit">
            Log in
          </button>
        </form>
        <p class="aside">
          New here? <a href="/register/">Register</a>
        </p>
      </section>
    </Layout>
  );
}
