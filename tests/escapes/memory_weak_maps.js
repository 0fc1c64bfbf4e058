// Weak maps whose keys are held, weak references, finalization registries.
// expect: memory | cpu
const kept = []
const weak = new WeakMap()
const registry = new FinalizationRegistry(() => {})
for (;;) {
  const key = { large: new Array(1000).fill(1) }
  kept.push(key, new WeakRef(key))
  weak.set(key, [key])
  registry.register(key, {}, key)
}
