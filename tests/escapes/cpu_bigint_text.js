// Formats a number with a hundred thousand digits in a loop.
// expect: cpu
const number = 7n ** 100_000n
for (;;) number.toString(7)
