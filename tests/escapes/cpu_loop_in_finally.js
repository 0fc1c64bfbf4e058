// Continues in finally and catch at its limit.
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
