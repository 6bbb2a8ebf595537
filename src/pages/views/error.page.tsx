import { waitText } from '../../common/text/wait-text.js';
import { Layout } from './layout.js';

export interface ErrorPageProps {
  /** HTTP status. */
  status: number;
  title: string;
  detail?: string | undefined;
  requestId: string;
  /** Seconds, as in the `Retry-After` header. */
  retryAfter?: number | undefined;
  /** Where to go on: an error page is never an end. */
  next: { href: string; label: string };
  signedInAs?: string | undefined;
}

export function ErrorPage({
  status,
  title,
  detail,
  requestId,
  retryAfter,
  next,
  signedInAs,
}: ErrorPageProps) {
  return (
    <Layout title={title} signedInAs={signedInAs} locked={!signedInAs} refused>
      <section class="card card-error">
        <p class="status">Error {status}</p>
        <h1>{title}</h1>
        {detail && <p class="intro">{detail}</p>}
        {retryAfter !== undefined && retryAfter > 0 && (
          <p>You can try again in {waitText(retryAfter)}.</p>
        )}
        <p class="actions">
          <a class="button" href={next.href}>
            {next.label}
          </a>
        </p>
        <p class="aside">
          If you ask for help, name this request: <code>{requestId}</code>
        </p>
      </section>
    </Layout>
  );
}
