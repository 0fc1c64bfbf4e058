// Allocates long arrays, and continues after the error for lack of memory.
// expect: memory | cpu
const kept = []
for (;;) {
  try {
    kept.push(new Float64Array(1e6).fill(1))
  } catch {}
}
