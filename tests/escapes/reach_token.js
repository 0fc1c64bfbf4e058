// Searches the interaction for tokens, clients and URLs.
// expect: completed
const seen = new Set()
function search(value, path) {
  if (typeof value === 'string') {
    const known = /^https:\/\/(cdn\.discordapp\.com|discord\.com\/channels)\//.test(value)
    if (!known && /https?:|Bot |^[\w-]{24,}\.[\w-]{6}\./.test(value)) throw new Error(`${path} is ${value}`)
  }
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return
  seen.add(value)
  for (let object = value; object && object !== Object.prototype; object = Object.getPrototypeOf(object)) {
    for (const key of Reflect.ownKeys(object)) {
      // What a script may not use is a function that throws.
      if (typeof value[key] === 'function' || value[key] == null) continue
      if (/token|secret|^rest$|webhook$/i.test(String(key))) throw new Error(`${path}.${String(key)}`)
      search(value[key], `${path}.${String(key)}`)
    }
  }
}
search(interaction, 'interaction')
