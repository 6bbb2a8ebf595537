import tseslint from 'typescript-eslint';

const ownClock = 'Time comes from the Clock (src/common/clock.ts).';
const everywhere = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: ownClock,
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: ownClock },
  {
    selector: "MemberExpression[object.name='URL'][property.name='canParse']",
    message: 'It errs on Node 20: parsedUrl (src/common).',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'The environment is read in src/config only.',
  },
  {
    selector: "ExportAllDeclaration, ExportNamedDeclaration[source][exportKind='value']",
    message: 'A name has one home: import it from there.',
  },
];
// A string from outside has its limit before anything is computed from it:
// src/common/limits/text-limits.ts.
const unboundedNormalize = {
  selector: "CallExpression[callee.property.name='normalize'][arguments.length<2]",
  message:
    'Normalising is quadratic: normalForm (src/common/text/normal-form.ts), behind isTooLong.',
};
const unboundedString = {
  selector: "CallExpression[callee.object.name='z'][callee.property.name='string']",
  message: 'What others send has a limit: bounded (src/common/text/bounded.ts).',
};

// Services throw AppError; the error table gives the status.
const noHttpErrors = {
  group: ['@nestjs/common'],
  importNamePattern: 'Exception$',
  message: 'Throw AppError (src/common/errors/app-error.ts).',
};
const noForwardRef = {
  group: ['@nestjs/common'],
  importNamePattern: '^forwardRef$',
  message: 'A circle of modules is a wrong cut.',
};
const noSockets = {
  group: ['node:net'],
  allowImportNamePattern: '^(isIP|isIPv4|isIPv6|BlockList)$',
  message: 'The network is touched by adapters (.dependency-cruiser.cjs).',
};
// Services know no HTTP.
const noRoutes = {
  group: ['@nestjs/common'],
  importNamePattern:
    '^(Controller|Get|Post|Put|Patch|Delete|Body|Query|Param|Headers?|Req|Res|HttpCode|Redirect|Use(Guards|Filters|Interceptors)|CanActivate|ExecutionContext|ArgumentsHost|createParamDecorator)$',
  message: 'Requests end at the faces and in src/auth/http.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'builds/',
      'coverage/',
      'var/',
      'node_modules/',
      'src/pages/static/',
      'src/admin/static/',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `return this.page.show(…)` is how a handler ends early.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // Rows of TypeORM are classes without methods: copying one with a change is how a changed row
      // is told from the stored one.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'max-lines': ['error', 250],
      'max-len': [
        'error',
        {
          code: 100,
          ignoreUrls: true,
          ignoreRegExpLiterals: true,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
        },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: ['{src,attack,bench/fill}/**/*.ts', 'src/**/*.tsx'],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, unboundedNormalize, unboundedString],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'boundedFetch holds time, length and redirects.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [noHttpErrors, noForwardRef, noSockets] }],
    },
  },
  {
    files: [
      'src/{common,config,database,rate-limit,idempotency,users,messaging}/**/*.ts',
      'src/{phone-verification,bot-check,auth,staff,notices,audit,cli}/**/*.ts',
    ],
    ignores: ['src/auth/http/**', '**/*.controller.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [noHttpErrors, noForwardRef, noSockets, noRoutes] },
      ],
    },
  },
  {
    // Sockets end here.
    files: ['src/server/**/*.ts', 'src/database/open-data-source.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noHttpErrors, noForwardRef] }] },
  },
  {
    files: ['src/server/errors.ts', 'src/**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noForwardRef] }] },
  },
  { files: ['src/common/net/bounded-fetch.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    // What we say ourselves, what gateways answer (bounded-fetch.ts holds its length), and settings
    // and files of the operator's own.
    files: [
      'src/api/openapi/answer.schemas.ts',
      'src/api/user.answer.ts',
      'src/messaging/vendors/*/*.reply.ts',
      'src/messaging/vendors/*/*.sender.ts',
      'src/messaging/vendors/*/*.vendor.ts',
      'src/messaging/vendors/vendor.ts',
      'src/messaging/vendors/http/http-gateway.reader.ts',
      'src/phone-verification/providers/authy.provider.ts',
      'src/bot-check/site-verify.ts',
      'src/common/limits/{named-counts,send-limits}.ts',
      'attack/proof.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, unboundedNormalize] },
  },
  {
    files: ['src/common/text/bounded.ts', 'src/common/text/normal-form.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere] },
  },
  {
    files: ['{src,attack}/**/*.spec.ts', 'src/**/*.spec.tsx'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere] },
  },
  { files: ['src/common/clock.ts', 'src/config/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.spec.ts', '**/*.spec.tsx', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['test/**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'Program > ExpressionStatement > CallExpression[callee.name=/^(before|after)(All|Each)$/]',
          message:
            'Hooks stand within a describe: a group of files is one suite (test/support/group.ts).',
        },
      ],
    },
  },
);
