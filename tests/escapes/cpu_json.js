// Parses and serialises JSON in a loop.
// expect: cpu | memory
const value = Array.from({ length: 1e4 }, (_, i) => ({ i, text: `number ${i}` }))
for (;;) JSON.parse(JSON.stringify(value))
