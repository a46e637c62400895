declare function require(name: string): any;
declare const __filename: string, process: any;

const { isMainThread, parentPort, Worker } = require('worker_threads');

if (isMainThread) {
  let sum = 0;
  for (let i = 0; i < 2; i++) new Worker(__filename).on('message', (part: number) => (sum += part));
  process.on('exit', () => console.log(2 * sum));
} else {
  let sum = 0;
  for (let i = 1; i <= 1000; i++) sum += i;
  parentPort.postMessage(sum);
}
