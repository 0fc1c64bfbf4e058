// Evaluates text in the global scope, and looks for variables of the prelude.
// expect: completed
const evaluate = eval
if (evaluate('this') !== globalThis) throw new Error('Another world')
for (const name of ['prelude', 'send', 'post', 'call', 'bridge', 'internal', 'primordials', 'raw', 'token', 'script', 'run']) {
  if (evaluate(`typeof ${name}`) !== 'undefined') throw new Error(`There is a ${name}`)
}
