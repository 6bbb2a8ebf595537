import type { Locale } from '../../common/locale.js';
import { LanguageCard } from './language-card.js';
import { Layout } from '../views/layout.js';
import type { PageMessage } from '../views/message.js';
import { TwoFactorCard } from './two-factor-card.js';

export interface DashboardPageProps {
  user: {
    displayName: string;
    username: string;
    /** Shown whole: this page is for its holder only. */
    phone: string;
    verified: boolean;
    twoFactor: boolean;
    /** Of messages; null: whatever the browser asks for. */
    locale: Locale | null;
    isStaff: boolean;
  };
  message?: PageMessage | undefined;
}

export function DashboardPage({ user, message }: DashboardPageProps) {
  return (
    <Layout title="Dashboard" message={message} signedInAs={user.displayName} here="/dashboard/">
      <header class="page-head">
        <h1>Dashboard</h1>
        {user.isStaff && (
          <a class="button button-quiet" href="/admin">
            Staff panel
          </a>
        )}
      </header>
      <ul class="cards">
        <li>
          <AccountCard user={user} />
        </li>
        <li>
          <TwoFactorCard on={user.twoFactor} />
        </li>
        <li>
          <LanguageCard chosen={user.locale} />
        </li>
        <li>
          <AccessCard />
        </li>
      </ul>
    </Layout>
  );
}

function AccountCard({ user }: Pick<DashboardPageProps, 'user'>) {
  return (
    <section class="card" aria-labelledby="account">
      <h2 id="account">Account</h2>
      <dl class="facts">
        <div>
          <dt>Name</dt>
          <dd>{user.displayName}</dd>
        </div>
        <div>
          <dt>Username</dt>
          <dd>{user.username}</dd>
        </div>
        <div>
          <dt>Phone number</dt>
          <dd class="phone">{user.phone}</dd>
        </div>
        <div>
          <dt>Account verified</dt>
          <dd>
            <YesNo value={user.verified} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

function YesNo({ value }: { value: boolean }) {
  return (
    <span class={value ? 'badge badge-good' : 'badge badge-warning'}>{value ? 'Yes' : 'No'}</span>
  );
}

function AccessCard() {
  return (
    <section class="card" aria-labelledby="access">
      <h2 id="access">Password and log-in</h2>
      <div class="actions">
        <a class="button button-quiet" href="/password/">
          Change password
        </a>
        <form method="post" action="/logout/">
          <button class="button button-quiet" type="submit">
            Log out
          </button>
        </form>
      </div>
    </section>
  );
}
