// Searches long text for something that almost matches.
// expect: cpu | memory
const text = 'a'.repeat(1e6)
for (;;) text.indexOf(`${'a'.repeat(5e5)}b`), text.lastIndexOf(`b${'a'.repeat(5e5)}`)
