/* eslint-disable @typescript-eslint/no-require-imports */
/* For a child process that runs our sources without a build: node -r this src/main.ts */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

const options = JSON.parse(readFileSync(`${__dirname}/../swcrc.json`, 'utf8'));

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename, swcrc: false });
  module._compile(code, filename);
};
