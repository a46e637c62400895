// as many threads, each with a heap of its own, as may be had: killed, refused or counted, never in the way of others
const { Worker } = require('worker_threads');
for (let n = 0; n < 200; n += 1) new Worker('for (;;) {}', { eval: true }).on('error', () => {});
