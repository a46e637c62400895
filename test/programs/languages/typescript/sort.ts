declare function require(name: string): any;

const text: string = require('fs').readFileSync(0, 'utf8');
const [, ...numbers]: number[] = text.split(/\s+/).filter(Boolean).map(Number);
numbers.sort((a, b) => a - b);
console.log(numbers.reduce((sum, number, i) => (sum + (i + 1) * number) % 1000003, 0));
