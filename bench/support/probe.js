/* eslint-disable @typescript-eslint/no-require-imports -- Node loads it by --require */
'use strict';

/*
 * Loaded into a measured process before its program (`node --require`). It changes nothing until asked
 * over IPC, but for BENCH_NOBODY_JUDGES=1: announcements then reach no judge, so that accepting
 * submissions is measured alone. `memory` answers what is left after a collection; `cpu` the time used so far; `statements` answers
 * the SQL sent since it was last asked.
 */
const statements = [];

function watchStatements() {
  const { Client } = require('pg');
  const query = Client.prototype.query;
  Client.prototype.query = function (config, ...rest) {
    const text = typeof config === 'string' ? config : config.text;
    if (text) statements.push(text);
    return query.call(this, config, ...rest);
  };
}

function silenceQueue(path) {
  const { MemoryJudgeQueue } = require(path);
  MemoryJudgeQueue.prototype.announce = () => Promise.resolve();
}

const ANSWERS = {
  memory: () => {
    const before = process.memoryUsage.rss();
    global.gc?.();
    global.gc?.();
    return { before, ...process.memoryUsage() };
  },
  cpu: () => process.cpuUsage(),
  statements: () => statements.splice(0),
};

if (process.env.BENCH_WATCH_STATEMENTS === '1') watchStatements();
if (process.env.BENCH_SILENT_QUEUE) silenceQueue(process.env.BENCH_SILENT_QUEUE);
process.on('message', (question) => {
  if (Object.hasOwn(ANSWERS, question)) process.send(ANSWERS[question]());
});
process.channel?.unref();
