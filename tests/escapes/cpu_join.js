// Makes built-in methods iterate over holes.
// expect: cpu | memory | exception
const holes = new Array(2 ** 32 - 1)
for (;;) holes.includes(1), holes.findLast(() => false), holes.reverse()
