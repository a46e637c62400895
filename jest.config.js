/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  globalSetup: `${__dirname}/test/before-all.cjs`,
  testMatch: ['**/*.spec.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: `${__dirname}/test/swcrc.json` }] },
  testSequencer: `${__dirname}/test/longest-first.cjs`,
  // A deadline for what hangs, however busy the machine is.
  testTimeout: 120_000,
};
