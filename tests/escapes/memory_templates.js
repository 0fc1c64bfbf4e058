// Templates, each of which is kept by the place where it stands.
// expect: memory | cpu
const tag = (strings) => strings
const kept = []
for (let i = 0; ; ++i) kept.push(new Function('tag', `return tag\`${'x'.repeat(1000)}\${1}${i}\``)(tag))
