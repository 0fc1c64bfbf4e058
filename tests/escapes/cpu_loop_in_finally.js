// Goes on in finally and catch when it is told to stop.
// expect: cpu
for (;;) {
  try {
    try {
      for (;;);
    } catch {
      for (;;);
    } finally {
      for (;;);
    }
  } catch {}
}
