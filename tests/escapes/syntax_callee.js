// Asks for the function that it is, and calls it again.
// expect: completed | exception
if (typeof arguments !== 'undefined') {
  let callee
  try {
    callee = arguments.callee
  } catch {}
  const world = callee?.constructor?.('return globalThis')
  if (world && (await world()) !== globalThis) throw new Error('Another world')
}
