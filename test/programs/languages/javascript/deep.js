const deep = (n) => (n === 0 ? 0 : deep(n - 1) + 1);
console.log(deep(100000));
