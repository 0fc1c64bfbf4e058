// A buffer of a gigabyte.
// expect: memory | exception | cpu
const buffer = new Uint8Array(2 ** 30)
for (let i = 0; i < buffer.length; i += 4096) buffer[i] = 1
