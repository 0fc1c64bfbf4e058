// Keeps long lists, and goes on when it is told that there is no memory.
// expect: memory | cpu
const kept = []
for (;;) {
  try {
    kept.push(new Float64Array(1e6).fill(1))
  } catch {}
}
