// Has ever new code compiled.
// expect: cpu | memory
for (let i = 0; ; ++i) new Function(`return ${'(1+'.repeat(100)}${i}${')'.repeat(100)}`)
