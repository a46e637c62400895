const everything = [];
for (;;) everything.push(new Array(1 << 16).fill(everything.length));
