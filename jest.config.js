/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  globalSetup: `${__dirname}/test/build-web.cjs`,
  testMatch: ['**/*.spec.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { configFile: `${__dirname}/test/swcrc.json` }] },
  testTimeout: 30_000,
};
