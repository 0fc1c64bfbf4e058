// Uses SharedArrayBuffer and Atomics.wait.
// expect: completed
if (typeof SharedArrayBuffer !== 'undefined') throw new Error('There is shared memory')
if (typeof Atomics !== 'undefined') {
  try {
    Atomics.wait(new Int32Array(4), 0, 0, 60_000)
  } catch (refusal) {
    if (!(refusal instanceof TypeError)) throw refusal
  }
  try {
    await Atomics.waitAsync?.(new Int32Array(4), 0, 0)?.value
  } catch (refusal) {
    if (!(refusal instanceof TypeError)) throw refusal
  }
}
