// Does nothing, for ever.
// expect: cpu
for (;;);
