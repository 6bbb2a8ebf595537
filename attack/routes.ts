import type { Wire } from './exchange.js';

/**
 * Who may enter a route: everybody; a session that owes its code; one that owes a new password; one
 * that owes nothing; staff.
 */
export type Access = 'public' | 'pending' | 'password' | 'active' | 'staff';

/**
 * Every route there is. A test holds it against the router: what is added there is added here, and
 * attacked from then on.
 */
export const ROUTES: Readonly<Record<string, Access>> = {
  'GET /': 'public',
  'GET /delivery/:sender/:reference': 'public',
  'POST /delivery/:sender/:reference': 'public',
  'POST /delivery/:sender': 'public',
  'POST /delivery/:sender/calls/:locale/:reference': 'public',
  'GET /docs': 'public',
  'GET /docs-json': 'public',
  'GET /problems': 'public',
  'GET /problems/:code': 'public',
  'GET /docs/ui/docs.css': 'public',
  'GET /docs/ui/docs.js': 'public',
  'GET /static/favicon.svg': 'public',
  'GET /static/ringback.css': 'public',
  'GET /static/ringback.js': 'public',
  'GET /static/code.js': 'public',
  'GET /static/bot-check.js': 'public',
  'GET /static/bot-check.worker.js': 'public',
  'GET /static/inbox.js': 'public',
  'GET /static/favicon.ico': 'public',
  'GET /favicon.ico': 'public',
  'GET /robots.txt': 'public',
  'GET /.well-known/change-password': 'public',
  'GET /.well-known/security.txt': 'public',
  'GET /dev/inbox': 'public',
  'GET /dev/inbox.json': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /metrics': 'public',
  'GET /register': 'public',
  'POST /register': 'public',
  'GET /login': 'public',
  'POST /login': 'public',
  'GET /logout': 'public',
  'POST /logout': 'public',
  'GET /verify': 'pending',
  'POST /verify': 'pending',
  'POST /verify/resend': 'pending',
  'POST /verify/cancel': 'pending',
  'GET /verify/number': 'pending',
  'POST /verify/number': 'pending',
  'GET /password': 'password',
  'POST /password': 'password',
  'GET /dashboard': 'active',
  'POST /dashboard': 'active',
  'POST /api/v1/registration': 'public',
  'GET /api/v1/registration/bot-check': 'public',
  'POST /api/v1/session': 'public',
  'GET /api/v1/session': 'pending',
  'DELETE /api/v1/session': 'pending',
  'POST /api/v1/session/confirmation': 'pending',
  'POST /api/v1/session/confirmation/resend': 'pending',
  'PUT /api/v1/session/phone-number': 'pending',
  'GET /api/v1/me': 'active',
  'PATCH /api/v1/me': 'active',
  'PUT /api/v1/me/password': 'password',
  'PUT /api/v1/me/two-factor': 'active',
  'GET /admin': 'staff',
  'GET /admin/resources/:resourceId': 'staff',
  'GET /admin/resources/:resourceId/actions/:action': 'staff',
  'GET /admin/resources/:resourceId/records/:recordId/:action': 'staff',
  'GET /admin/api/dashboard': 'staff',
  'GET /admin/api/resources/:resourceId/actions/:action': 'staff',
  'POST /admin/api/resources/:resourceId/actions/:action': 'staff',
  'GET /admin/api/resources/:resourceId/actions/:action/:query': 'staff',
  'GET /admin/api/resources/:resourceId/records/:recordId/:action': 'staff',
  'POST /admin/api/resources/:resourceId/records/:recordId/:action': 'staff',
  'GET /admin/frontend/assets/global.bundle.js': 'staff',
  'GET /admin/frontend/assets/design-system.bundle.js': 'staff',
  'GET /admin/frontend/assets/app.bundle.js': 'staff',
  'GET /admin/frontend/assets/components.bundle.js': 'staff',
};

/** A route at an address of its own. */
export interface Route {
  method: string;
  path: string;
}

/**
 * Those that this access opens, as they are asked for: pages with the slash of their links, and a
 * record for each `:name`.
 */
export const routesFor = (...may: readonly Access[]): Route[] =>
  Object.entries(ROUTES)
    .filter(([, access]) => may.includes(access))
    .map(([route]) => routeOf(route));

/**
 * Those that change something, but for reports of gateways: they come from elsewhere, and are
 * signed.
 */
export const changingRoutes = (): Route[] =>
  Object.keys(ROUTES)
    .map(routeOf)
    .filter(({ method, path }) => method !== 'GET' && !path.startsWith('/delivery/'));

/**
 * Those that the target's own document names and this version does not know, as far as they ask for
 * a session: it may be newer than this tool. None where it serves no document.
 */
export async function unknownRoutes(target: Wire): Promise<Route[]> {
  const { json } = await target.send({ method: 'GET', path: '/docs-json' });
  const found = Object.entries(objectOf(json['paths'])).flatMap(([path, calls]) =>
    Object.entries(objectOf(calls))
      .filter(([method, call]) => METHODS.has(method) && asksForSession(call))
      .map(([method]) => ({ method: method.toUpperCase(), path: path.replace(/\{[^}]*\}/g, '1') })),
  );
  return found
    .filter(({ method, path }) => path.startsWith('/') && !(`${method} ${path}` in ROUTES))
    .slice(0, MOST_UNKNOWN);
}

const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete']);
/** A run has 2,000 requests for everything. */
const MOST_UNKNOWN = 30;
/** Pages of ours whose links end in a slash. */
const PAGE = /^\/(?:register|login|logout|verify|verify\/number|password|dashboard)$/;

const asksForSession = (call: unknown): boolean => {
  const { security } = objectOf(call);
  const ways: readonly unknown[] = Array.isArray(security) ? security : [];
  return ways.length > 0 && ways.every((way) => Object.keys(objectOf(way)).length > 0);
};

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

function routeOf(route: string): Route {
  const [method = '', pattern = ''] = route.split(' ');
  const [ofAll, ofOne] = method === 'GET' ? ['list', 'show'] : ['new', 'edit'];
  const path = pattern
    .replace(':resourceId', 'users')
    .replace(':recordId', '1')
    .replace(':action', pattern.includes('records') ? ofOne : ofAll)
    .replace(':query', 'a')
    .replace(':code', 'busy');
  return { method, path: PAGE.test(path) ? `${path}/` : path };
}
