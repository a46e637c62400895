const wrong: number = 'text';
console.log(wrong);
