// Template literals, which the engine caches by call site.
// expect: memory | cpu
const tag = (strings) => strings
const kept = []
for (let i = 0; ; ++i) kept.push(new Function('tag', `return tag\`${'x'.repeat(1000)}\${1}${i}\``)(tag))
