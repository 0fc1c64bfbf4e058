// Parses and formats dates in a loop.
// expect: cpu | memory
for (let i = 0; ; ++i) new Date(`2026-01-${i % 28}T12:00:00Z`).toLocaleString('de-DE', { timeZone: 'Europe/Berlin' }), Date.parse('x'.repeat(i % 5000))
