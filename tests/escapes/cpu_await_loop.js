// Waits for nothing, for ever.
// expect: cpu
for (;;) await 0
