// Awaits in an endless loop.
// expect: cpu
for (;;) await 0
