// Lines for the console that are large, and that nobody may keep.
// expect: completed | memory | cpu | exception
for (let i = 0; i < 50; ++i) console.log('x'.repeat(1e6))
