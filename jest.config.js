// A run of everything takes the folders of test/groups together (test/support/group.ts): in CI, and
// where nothing else is asked for. With any word or flag each spec file runs by itself, so that
// `-o` and `--watch` see what an edit touches.
const words = process.argv.slice(2);
const isWhole =
  words.length === 0 || (process.env.CI === 'true' && words.every((word) => word.startsWith('-')));
const GROUPED =
  '<rootDir>/(src|attack|test/(admin|bot-check|browser|cli|database|flows|providers|rate-limit|threats))/';

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{src,attack,test}/**/*.spec.{ts,tsx}', '<rootDir>/test/groups/*.group.ts'],
  testPathIgnorePatterns: [isWhole ? GROUPED : '<rootDir>/test/groups/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['js', 'ts', 'tsx', 'json'],
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/(dist|builds)/'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  maxWorkers: '100%',
  testTimeout: 60_000,
};
