const everything: number[][] = [];
for (;;) everything.push(new Array<number>(1 << 16).fill(everything.length));
