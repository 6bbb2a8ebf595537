import { Layout } from '../views/layout.js';

export interface LogoutPageProps {
  signedInAs?: string | undefined;
}

/**
 * A page because a link must not log anybody out: other sites can link here, but cannot press the
 * button.
 */
export function LogoutPage({ signedInAs }: LogoutPageProps) {
  return (
    <Layout title="Log out" signedInAs={signedInAs} locked={!signedInAs} here="/logout/">
      <section class="card">
        <h1>Log out?</h1>
        <p class="intro">
          You will be logged out in this browser. Other browsers and devices stay as they are.
        </p>
        <form method="post" action="/logout/">
          <button class="button button-block" type="submit">
            Log out
          </button>
        </form>
      </section>
    </Layout>
  );
}
