/** What the program has counted, as Prometheus reads it. */
export class Counters {
  messages = 0
  matched = 0
  #events = new Map()

  countEvent(name) {
    this.#events.set(name, (this.#events.get(name) ?? 0) + 1)
  }

  text() {
    const events = [...this.#events].map(([name, count]) => `gateway_events_total{event="${name}"} ${count}\n`)
    const counts = `bot_messages_total ${this.messages}\nbot_messages_matched_total ${this.matched}\n`
    return events.join('') + counts
  }
}
