/** Remembers for `lifetime` ms what `load(key, ...)` gave, and asks once however many want it meanwhile. */
export class TimedCache {
  #load
  #lifetime
  #capacity
  #entries = new Map()

  constructor(load, { lifetime, capacity = 10_000 }) {
    this.#load = load
    this.#lifetime = lifetime
    this.#capacity = capacity
  }

  get(key, ...rest) {
    const known = this.#entries.get(key)
    if (known && Date.now() < known.until) return known.value
    const value = this.#load(key, ...rest)
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: Date.now() + this.#lifetime })
    if (this.#entries.size > this.#capacity) this.forget(this.#entries.keys().next().value)
    value.catch(() => this.forget(key))
    return value
  }

  forget(key) {
    this.#entries.delete(key)
  }
}
