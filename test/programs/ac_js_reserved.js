console.log(new Uint8Array(512 * 2 ** 20).length);
