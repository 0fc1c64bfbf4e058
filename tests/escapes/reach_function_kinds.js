// Makes functions of each kind from text: they see the script's own world and nothing else.
// expect: completed
const kinds = [function () {}, async () => {}, function* () {}, async function* () {}]
for (const one of kinds) {
  const Kind = Object.getPrototypeOf(one).constructor
  let made
  try {
    made = Kind('return [globalThis, typeof module, typeof process, typeof __send]')()
  } catch {
    continue
  }
  const result = made.next ? await made.next() : await made
  const [world, ...types] = result.value ?? result
  if (world !== globalThis) throw new Error('Another world')
  if (types.some((type) => type !== 'undefined')) throw new Error('It sees more')
}
