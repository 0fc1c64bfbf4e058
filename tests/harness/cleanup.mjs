const pending = new WeakMap()

/**
 * Runs `action` at the end of `scope`: a test's context, or node:test itself for the whole file. Later actions run
 * first, and each runs even if another failed.
 */
export function onEnd(scope, action) {
  const known = pending.get(scope)
  if (known) return void known.push(action)
  const actions = [action]
  pending.set(scope, actions)
  scope.after(async () => {
    const failures = []
    while (actions.length > 0) {
      await Promise.resolve()
        .then(actions.pop())
        .catch((failure) => failures.push(failure))
    }
    pending.delete(scope)
    if (failures.length > 0) throw failures[0]
  })
}
