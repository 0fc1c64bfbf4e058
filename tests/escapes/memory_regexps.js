// Compiles and holds many regular expressions.
// expect: memory | cpu
const kept = []
for (let i = 0; ; ++i) {
  const expression = new RegExp(`(${'a|b'.repeat(100)}|${i}){1,100}`)
  expression.test(`${i}`)
  kept.push(expression)
}
