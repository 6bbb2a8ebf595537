// A run of everything takes the folders of test/groups together (test/support/group.ts); what is
// named runs by itself.
const isWhole = process.argv.slice(2).every((word) => word.startsWith('-'));
const GROUPED = '<rootDir>/test/(admin|browser|cli|flows|providers|threats)/';

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{src,test}/**/*.spec.{ts,tsx}', '<rootDir>/test/groups/*.group.ts'],
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
