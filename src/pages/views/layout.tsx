import type { ComponentChildren } from 'preact';
import { staticAddress } from '../../common/kept-files.js';
import { Message, type PageMessage } from './message.js';
import { SiteHeader } from './site-header.js';

export interface LayoutProps {
  /** Stands in the browser's tab, before the product's name. */
  title: string;
  /** What happened before this page, shown above everything else. */
  message?: PageMessage | undefined;
  /** The display name of the person logged in; nobody when missing. */
  signedInAs?: string | undefined;
  /** One step has to be finished first: the header leads nowhere but out. */
  locked?: boolean;
  /** Something was refused: the tab says so, which is what a screen reader reads first. */
  refused?: boolean;
  /** The page's own address, to mark it in the navigation. */
  here?: string;
  children: ComponentChildren;
}

const DESCRIPTION =
  'Register with a phone you hold, log in, and keep your account to yourself by a code on your phone.';

/**
 * The frame of every page. It holds no inline script or style: the content security policy forbids
 * both.
 */
export function Layout({
  title,
  message,
  signedInAs,
  locked = false,
  refused = false,
  here,
  children,
}: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="description" content={DESCRIPTION} />
        <title>{`${refused ? 'Error: ' : ''}${title} · Ringback`}</title>
        <link rel="icon" href={staticAddress('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={staticAddress('ringback.css')} />
        <script src={staticAddress('ringback.js')} defer />
      </head>
      <body>
        <a class="skip-link" href="#main">
          Skip to the content
        </a>
        <SiteHeader signedInAs={signedInAs} locked={locked} here={here} />
        <main id="main" tabIndex={-1}>
          {message && <Message kind={message.kind}>{message.text}</Message>}
          {children}
        </main>
        <footer class="site-footer">
          <p>Ringback: accounts that begin with a phone you hold.</p>
        </footer>
      </body>
    </html>
  );
}
