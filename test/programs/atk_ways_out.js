const bad = [];
const attempt = (what, act) => {
  try {
    if (act() !== false) bad.push(what);
  } catch {}
};
const child = require('child_process');
const fs = require('fs');
const input = fs.readFileSync(0, 'utf8').trim();
attempt('spawn', () => child.spawnSync('/bin/true').status === 0);
attempt('exec', () => child.execFileSync('/bin/true'));
attempt('kill', () => process.kill(Number(input), 0));
attempt('setuid', () => process.setuid(0));
attempt('dlopen', () => process.dlopen({ exports: {} }, '/tmp/x.node'));
attempt('inspector', () => (require('inspector').open(0), require('inspector').url() !== undefined));
attempt('priority', () => require('os').setPriority(0, -20));
attempt('write', () => fs.writeFileSync('/usr/lib/joust', ''));
attempt('canary', () => fs.readFileSync('/tmp/joust-canary/secret.txt'));
attempt('proc', () => fs.readFileSync('/proc/self/environ'));
attempt('watch', () => fs.watch('/usr') && true);
attempt('report', () => require('os').networkInterfaces() && Object.keys(require('os').networkInterfaces()).length > 0);
const { Worker } = require('worker_threads');
const worker = new Worker("try { require('child_process').execFileSync('/bin/true'); process.exit(1) } catch { process.exit(0) }", { eval: true });
worker.on('exit', (code) => {
  if (code === 1) bad.push('worker');
  require('net').createServer().on('error', () => end()).listen(0, () => { bad.push('listen'); end(); });
});
function end() {
  console.log(bad.length ? `PWNED ${bad.join(' ')}` : 'SAFE');
  process.exit(0);
}
