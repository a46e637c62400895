declare function require(name: string): any;

const { error, status } = require('child_process').spawnSync('/bin/true');
console.log(error && status !== 0 ? 'SAFE' : 'PWNED');
