// Loops.
// expect: cpu
for (;;);
