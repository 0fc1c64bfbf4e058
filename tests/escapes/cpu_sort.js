// Sorts with an inconsistent order.
// expect: cpu | memory
const list = Array.from({ length: 1e5 }, (_, i) => i)
for (;;) list.sort(() => Math.random() - 0.5)
