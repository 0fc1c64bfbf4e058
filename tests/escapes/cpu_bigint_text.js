// Writes a number with a hundred thousand digits, again and again.
// expect: cpu
const number = 7n ** 100_000n
for (;;) number.toString(7)
