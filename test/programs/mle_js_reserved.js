const memory = new Uint8Array(512 * 2 ** 20);
for (let at = 0; at < memory.length; at += 4096) memory[at] = 1;
console.log(memory.length);
