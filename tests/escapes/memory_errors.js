// Holds many errors with long stacks.
// expect: memory | cpu
Error.stackTraceLimit = 10_000
const kept = []
const make = (depth) => (depth > 0 ? make(depth - 1) : kept.push(new Error('x'.repeat(1000))))
for (;;) make(500)
