// A quoted text, with typographic quotes as phones write them too, or a word.
const argument = /"([^"]*)"(?=\s|$)|[“”„]([^“”„"]*)[“”„"](?=\s|$)|(\S+)/gu

/** What stands behind a command's trigger. */
export const splitArguments = (text) => [...text.matchAll(argument)].map(([, a, b, c]) => a ?? b ?? c)

/** Arguments of commands whose answer has components, for the scripts of these; the oldest are forgotten. */
export class RememberedArguments {
  #byMessage = new Map()
  #capacity

  constructor(capacity = 10_000) {
    this.#capacity = capacity
  }

  keep(messageId, args) {
    this.#byMessage.set(messageId, args)
    if (this.#byMessage.size > this.#capacity) this.#byMessage.delete(this.#byMessage.keys().next().value)
  }

  of(messageId) {
    return this.#byMessage.get(messageId) ?? []
  }
}
