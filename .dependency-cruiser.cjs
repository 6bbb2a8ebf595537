/** Who may import whom: each room's list. `main`, `cli`, `app.module` and `app.setup` wire and may import anything. */
const ROOMS = {
  common: [],
  config: ['common'],
  database: ['common', 'config'],
  'rate-limit': ['common', 'config', 'database'],
  idempotency: ['common', 'config', 'database'],
  users: ['common', 'config', 'database'],
  'phone-verification': ['common', 'config', 'database', 'rate-limit'],
  'bot-check': ['phone-verification', 'rate-limit', 'common', 'config'],
  auth: ['users', 'phone-verification', 'bot-check', 'rate-limit', 'idempotency', 'common', 'config', 'database'],
  audit: ['common', 'config', 'database'],
  // The guards deny by default, so these two name their routes public, in the words of auth/access.
  health: ['auth', 'common', 'config', 'database'],
  dev: ['auth', 'common', 'config', 'phone-verification'],
  pages: ['auth', 'users', 'bot-check', 'rate-limit', 'common', 'config'],
  api: ['auth', 'users', 'bot-check', 'rate-limit', 'common', 'config'],
  admin: ['auth', 'users', 'phone-verification', 'audit', 'common', 'config'],
  cli: ['auth', 'users', 'rate-limit', 'common', 'config', 'database', 'phone-verification', 'audit'],
};

const walls = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `room-${room}`,
  severity: 'error',
  comment: `${room} may import ${allowed.join(', ') || 'nothing of ours'}`,
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [`^src/(${[room, ...allowed].join('|')})/`] },
}));

/** Filling a test database goes past the services, for a million rows. */
const faces = { path: '^src/(pages|api|admin|cli)/', pathNot: '^src/cli/perf-' };
/** What reads requests and sets cookies in `auth`: its guards, the strategy, cookies, and who asks from where. */
const HTTP_OF_AUTH = '^src/auth/(access|client-of|current-session|device-cookie|local\\.|session-cookie|this-machine|[\\w-]+\\.guard)';

module.exports = {
  forbidden: [
    ...walls,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'faces-touch-no-store', severity: 'error', from: faces, to: { path: '\\.(repository|entity)\\.ts$|^node_modules/(typeorm|@nestjs/typeorm)/', dependencyTypesNot: ['type-only'] } },
    { name: 'only-admin-imports-adminjs', severity: 'error', from: { pathNot: '^src/admin/' }, to: { path: '^node_modules/(adminjs|@adminjs)/' } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/', pathNot: '\\.spec\\.tsx?$|\\.worker\\.js$|^src/.*/static/' }, to: {} },
    { name: 'services-know-no-http', severity: 'error', from: { path: '^src/(users|phone-verification|bot-check|rate-limit|idempotency|database|common|audit|auth)/', pathNot: [HTTP_OF_AUTH, '\\.module\\.ts$'] }, to: { path: '^node_modules/(fastify|@fastify|@nestjs/platform-fastify)/' } },
    { name: 'no-dev-dependencies', severity: 'error', from: { path: '^src/', pathNot: '\\.spec\\.tsx?$' }, to: { dependencyTypes: ['npm-dev'] } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.tsx?$' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs'] },
    moduleSystems: ['es6'],
  },
};
