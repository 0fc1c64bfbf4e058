// Keeps buffers, each of a megabyte, and writes to them.
// expect: memory | cpu
const kept = []
for (;;) kept.push(new Uint8Array(1 << 20).fill(7))
