// Timers for later, each of which holds something.
// expect: memory | cpu | wall | exception
for (;;) {
  const held = new Array(100).fill(0)
  setTimeout(() => held, 4000)
}
