const [, ...numbers] = require('fs').readFileSync(0, 'utf8').split(/\s+/).filter(Boolean).map(Number);
numbers.sort((a, b) => a - b);
console.log(numbers.reduce((sum, number, i) => (sum + (i + 1) * number) % 1000003, 0));
