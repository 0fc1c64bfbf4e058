// Keeps long lists.
// expect: memory | cpu
const kept = []
for (;;) kept.push(new Array(1e5).fill(0.5))
