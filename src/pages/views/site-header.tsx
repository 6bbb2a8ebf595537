interface SiteHeaderProps {
  signedInAs: string | undefined;
  locked: boolean;
  here: string | undefined;
}

type NavigationLink = readonly [href: string, label: string];

const DASHBOARD: NavigationLink = ['/dashboard/', 'Dashboard'];
const LOG_OUT: NavigationLink = ['/logout/', 'Log out'];
const LOG_IN: NavigationLink = ['/login/', 'Log in'];
const REGISTER: NavigationLink = ['/register/', 'Register'];

export function SiteHeader({ signedInAs, locked, here }: SiteHeaderProps) {
  const links = linksFor(signedInAs, locked);
  return (
    <header class="site-header">
      <a class="brand" href="/">
        <Mark />
        Ringback
      </a>
      {links.length > 0 && (
        <nav aria-label="Main">
          {signedInAs && (
            <span class="signed-in-as">
              <span class="visually-hidden">Logged in as </span>
              {signedInAs}
            </span>
          )}
          <ul>
            {links.map(([href, label]) => (
              <li>
                <a href={href} aria-current={href === here ? 'page' : undefined}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function linksFor(signedInAs: string | undefined, locked: boolean): readonly NavigationLink[] {
  if (locked) return signedInAs ? [LOG_OUT] : [];
  return signedInAs ? [DASHBOARD, LOG_OUT] : [LOG_IN, REGISTER];
}

function Mark() {
  return (
    <svg
      class="mark"
      viewBox="0 0 32 32"
      width="32"
      height="32"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="9" />
      <path d="M10 9.5h7.5a5.25 5.25 0 0 1 0 10.5H9.5" />
      <path d="M13.5 15.8 9.3 20l4.2 4.2" />
    </svg>
  );
}
