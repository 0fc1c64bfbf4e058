// Reads `caller` in callbacks of the prelude, which works for functions that are not strict.
// expect: completed
// calls: reply
const own = new Set()
function whoCalls(from) {
  let caller
  try {
    caller = from.caller
  } catch {
    return
  }
  if (typeof caller === 'function' && !own.has(caller)) throw new Error(`Called by ${caller}`)
}
const getter = new Function('check', 'const f = function () { check(f); return "fine" }; return f')(whoCalls)
const text = new Function('check', 'const f = function () { check(f); return "text" }; return f')(whoCalls)
own.add(getter).add(text).add(whoCalls)
console.log({ toString: text, toJSON: text })
await new Promise((resolve) => setTimeout(new Function('check', 'done', 'const f = function () { try { check(f) } finally { done() } }; return f')(whoCalls, resolve)))
await interaction.reply(Object.defineProperty({}, 'content', { get: getter, enumerable: true }))
