// Large console lines beyond the limit.
// expect: completed | memory | cpu | exception
for (let i = 0; i < 50; ++i) console.log('x'.repeat(1e6))
