// Closures that hold what they captured.
// expect: memory | cpu
let last = () => 0
for (;;) {
  const held = new Array(1000).fill(last)
  const before = last
  last = () => [held, before]
}
