/** Who may import whom: each room's list. `main`, `cli` and `app.module` wire, and may import anything. */
const ROOMS = {
  common: [],
  config: ['common'],
  database: ['common', 'config'],
  'rate-limit': ['common', 'config', 'database'],
  idempotency: ['common', 'config', 'database'],
  users: ['common', 'config', 'database'],
  messaging: ['rate-limit', 'common', 'config', 'database'],
  'phone-verification': ['messaging', 'rate-limit', 'common', 'config', 'database'],
  'bot-check': ['messaging', 'rate-limit', 'common', 'config'],
  notices: ['users', 'messaging', 'rate-limit', 'common', 'config', 'database'],
  auth: [
    'notices',
    'users',
    'messaging',
    'phone-verification',
    'bot-check',
    'rate-limit',
    'idempotency',
    'common',
    'config',
    'database',
  ],
  staff: [
    'auth',
    'notices',
    'users',
    'phone-verification',
    'messaging',
    'common',
    'config',
    'database',
  ],
  audit: ['common', 'config', 'database'],
  server: [
    'pages',
    'api',
    'auth',
    'audit',
    'health',
    'idempotency',
    'rate-limit',
    'common',
    'config',
    'database',
  ],
  // The guards deny by default, so these two name their routes public, in the words of auth/http/access.
  health: ['auth', 'common', 'config', 'database'],
  dev: ['auth', 'common', 'config', 'messaging'],
  pages: ['auth', 'users', 'bot-check', 'rate-limit', 'common', 'config'],
  api: ['auth', 'users', 'bot-check', 'rate-limit', 'common', 'config'],
  admin: ['staff', 'auth', 'users', 'phone-verification', 'messaging', 'audit', 'common', 'config'],
  cli: [
    'staff',
    'auth',
    'users',
    'rate-limit',
    'common',
    'config',
    'database',
    'phone-verification',
    'messaging',
    'audit',
  ],
};

const walls = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `room-${room}`,
  severity: 'error',
  comment: `${room} may import ${allowed.join(', ') || 'nothing of ours'}`,
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [`^src/(${[room, ...allowed].join('|')})/`] },
}));

/** Fastify and HTTP live in these folders of rooms that know neither, and in controllers. */
const HTTP = [
  '^src/auth/http/',
  '\\.module\\.ts$',
  '\\.controller\\.ts$',
  'callback-request\\.ts$',
];

module.exports = {
  forbidden: [
    ...walls,
    {
      name: 'auth-http-knows-auth-alone',
      severity: 'error',
      comment: 'Guards, cookies and decorators ask auth; what a user is they know as a type.',
      from: { path: '^src/auth/http/' },
      to: {
        path: '^src/',
        pathNot: '^src/(auth|common|config)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'attack-is-a-program-of-its-own',
      severity: 'error',
      comment: 'The command line starts it; it knows the product from outside, but for its ground.',
      from: { path: '^attack/', pathNot: '^attack/(ground-of|owing)\\.ts$' },
      to: {
        path: '^(src|bench|test)/',
        pathNot: '^src/(common|config)/|^src/cli/(command|command-refusal)\\.ts$',
      },
    },
    {
      name: 'only-the-command-line-starts-tools',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^(attack|bench|test|scripts)/' },
    },
    {
      name: 'network-by-adapters',
      severity: 'error',
      comment: 'boundedFetch for the vendors, the server under Nest, Redis; nothing else.',
      from: {
        path: '^src/',
        pathNot: '^src/server/|^src/(rate-limit/redis-counter|cli/doctor/doctor\\.redis)\\.ts$',
      },
      to: {
        path: '^(node:)?(https?|http2|tls|dgram)$|^node_modules/(undici|ioredis)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-drawers',
      severity: 'error',
      comment: 'A folder is named for what is in it.',
      from: {},
      to: {
        path: '/(util|utils|helper|helpers|shared|manager|managers|misc)/',
        pathNot: 'node_modules',
      },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'faces-touch-no-store',
      severity: 'error',
      from: { path: '^src/(pages|api|admin|cli)/' },
      to: {
        path: '\\.(repository|entity)\\.ts$|^node_modules/(typeorm|@nestjs/typeorm)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-the-phone-factor-knows-phones',
      severity: 'error',
      comment: 'challenges, their numbers and messages; the rest of log-in asks the factors',
      from: {
        path: '^src/(auth|staff|pages|api)/',
        pathNot: '^src/auth/factors/phone\\.factor\\.ts$|purge\\.service\\.ts$|\\.module\\.ts$',
      },
      to: { path: '^src/phone-verification/' },
    },
    {
      name: 'only-admin-imports-adminjs',
      severity: 'error',
      from: { pathNot: '^src/admin/' },
      to: { path: '^node_modules/(adminjs|@adminjs)/' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: '\\.spec\\.tsx?$|\\.worker\\.js$|^src/.*/static/',
      },
      to: {},
    },
    {
      name: 'services-know-no-http',
      severity: 'error',
      from: {
        path: '^src/(users|phone-verification|bot-check|rate-limit|idempotency|database|common|audit|auth|messaging|staff|notices)/',
        pathNot: HTTP,
      },
      to: { path: '^node_modules/(fastify|@fastify|@nestjs/platform-fastify)/' },
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.tsx?$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
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
