const Sequencer = require('@jest/test-sequencer').default;

/* Suites that take a minute or more. Begun last, one of them would keep everybody waiting when all others are done. */
const LONG = [
  'judge/languages',
  'abuse/abuse',
  'judge/attacks',
  'e2e/kill',
  'e2e/who-may',
  'browser/screens',
  'e2e/judge0',
  'ports/judge-programs',
  'e2e/rabbitmq',
  'cli/operations',
  'cli/dead-letters',
  'e2e/judge-trouble',
  'abuse/full-stack',
  'judge/self-test',
];
const rankOf = (path) => LONG.findIndex((name) => path.endsWith(`/${name}.spec.ts`));

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const long = tests.filter(({ path }) => rankOf(path) >= 0).sort((a, b) => rankOf(a.path) - rankOf(b.path));
    return [...long, ...super.sort(tests.filter(({ path }) => rankOf(path) < 0))];
  }
};
