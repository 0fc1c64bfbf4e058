// A buffer that grows.
// expect: memory | exception | cpu
const buffer = new ArrayBuffer(0, { maxByteLength: 2 ** 31 })
for (let size = 1 << 20; ; size += 1 << 20) {
  buffer.resize(size)
  new Uint8Array(buffer, size - (1 << 20)).fill(1)
}
