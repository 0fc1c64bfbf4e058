// Gives timers text, numbers and objects in place of functions.
// expect: completed
for (const callback of ['throw new Error("evaluated")', 42, null, undefined, {}, Symbol('x'), { toString: () => 'throw 1' }]) {
  try {
    setTimeout(callback, 0)
  } catch {}
}
await new Promise((resolve) => setTimeout(resolve, 5))
