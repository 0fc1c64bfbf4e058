// People of many guilds who press buttons, and see on the gateway when they are answered.
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { application } from '../gateway/simulator.mjs'

const guildsAndTheirMessages = 1 | 512 // intents
const patience = 10_000

export class Crowd {
  /** What waits to be answered: interactions, and messages that call. */
  #waiting = new Map()
  /** Answers that came before their question was known to have been asked. */
  #early = new Map()
  #socket
  #heartbeat
  #next = 0

  /** `people` members in each guild of `sim`. */
  static async gather(sim, people) {
    const crowd = new Crowd()
    crowd.sim = sim
    crowd.members = []
    for (const [index, guild] of sim.guilds.entries()) {
      for (let i = 0; i < people; ++i) {
        const person = await sim.control('POST', '/people', { username: `person_${index}_${i}` })
        await sim.control('PUT', `/guilds/${guild}/members/${person.id}`, { permissions: '0' })
        crowd.members.push({ guild, channel: sim.firstChannels.get(guild), person: person.id })
      }
    }
    await crowd.#listen()
    return crowd
  }

  async #listen() {
    this.#socket = new WebSocket(`${this.sim.url.replace('http', 'ws')}/gateway?v=10&encoding=json`)
    const send = (op, d) => this.#socket.send(JSON.stringify({ op, d }))
    const ready = new Promise((resolve, reject) => {
      this.#socket.on('message', (data) => {
        const { op, t, d } = JSON.parse(data)
        if (op === 10) {
          this.#heartbeat = setInterval(() => send(1, null), d.heartbeat_interval)
          const properties = { os: 'linux', browser: 'bench', device: 'bench' }
          send(2, { token: application.botToken, intents: guildsAndTheirMessages, properties })
        }
        if (op === 9) reject(new Error('The gateway takes no more sessions'))
        if (t === 'READY') resolve()
        if (t === 'MESSAGE_CREATE') this.#see(d)
      })
    })
    await once(this.#socket, 'open')
    await ready
  }

  #see(message) {
    const id = message.interaction_metadata?.id ?? message.message_reference?.message_id
    if (id === undefined) return
    if (!this.#waiting.has(id)) return void this.#early.set(id, message)
    this.#waiting.get(id)(message)
    this.#waiting.delete(id)
  }

  /** What answers the thing of that id; nothing where nothing does. */
  #answer(id) {
    const early = this.#early.get(id)
    if (early) {
      this.#early.delete(id)
      return early
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id)
        resolve(undefined)
      }, patience)
      this.#waiting.set(id, (message) => {
        clearTimeout(timer)
        resolve(message)
      })
    })
  }

  /** Has the command called in each guild; its buttons by guild. */
  async call(trigger) {
    const buttons = new Map()
    for (const { guild, channel, person } of this.members) {
      if (buttons.has(guild)) continue
      const said = { authorId: person, content: `!${trigger}` }
      const { id } = await this.sim.control('POST', `/channels/${channel}/messages`, said)
      const message = await this.#answer(id)
      if (!message) throw new Error(`Nobody answered !${trigger}`)
      buttons.set(guild, { messageId: message.id, customId: message.components[0].components[0].custom_id })
    }
    return buttons
  }

  /** The next of those who are in one of these guilds. */
  #someone(guilds) {
    for (;;) {
      const member = this.members[this.#next++ % this.members.length]
      if (guilds.has(member.guild)) return member
    }
  }

  /** Somebody presses a button of one of these guilds; the interaction's id. */
  async press(buttons) {
    const { guild, channel, person } = this.#someone(buttons)
    const { id } = await this.sim.control('POST', '/interactions', {
      type: 3,
      userId: person,
      channelId: channel,
      ...buttons.get(guild),
    })
    return id
  }

  /** The same; milliseconds until it was answered, or nothing where it never was. */
  async pressAndWait(buttons) {
    const began = performance.now()
    const answered = await this.#answer(await this.press(buttons))
    return answered && performance.now() - began
  }

  leave() {
    clearInterval(this.#heartbeat)
    this.#socket.terminate()
  }
}
