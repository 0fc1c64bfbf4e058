// JSON that needs much more memory than its text.
// expect: memory | exception | cpu
const text = `[${'{"a":[]},'.repeat(2e6)}{}]`
const kept = []
for (;;) kept.push(JSON.parse(text))
