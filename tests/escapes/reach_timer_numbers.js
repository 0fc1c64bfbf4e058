// Clears timers that are not its own and that never were, and sets some for strange times.
// expect: completed
for (let i = -100; i < 1000; ++i) clearTimeout(i)
for (const id of [null, undefined, {}, 'x', NaN, Infinity, 2 ** 53, -0, new Proxy({}, {})]) {
  try {
    clearTimeout(id)
    clearInterval(id)
  } catch {}
}
for (const delay of [NaN, -1, -Infinity, '5', null, {}]) await new Promise((resolve) => setTimeout(resolve, delay))
