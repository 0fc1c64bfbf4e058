// People of many guilds who call commands and press buttons, and see the responses on the gateway.
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { membersOf } from './people.mjs'
import { application } from './simulator.mjs'

const guildsAndTheirMessages = 1 | 512 // intents
const patience = 10_000
const ephemeral = 64
/** When Discord shows that the application did not respond. */
const answerLimit = 3000

export class Crowd {
  /** Interactions and calling messages without a response so far. */
  #waiting = new Map()
  /** Responses that arrived before their request was known to be sent. */
  #early = new Map()
  #socket
  #heartbeat
  #next = 0

  /** Creates so many members of each guild of `simulator`. */
  static async gather(simulator, peopleOfGuild, context) {
    const crowd = new Crowd()
    crowd.simulator = simulator
    crowd.members = await membersOf(simulator, peopleOfGuild)
    const { WebSocket } = createRequire(`${context.peer}/package.json`)('ws')
    // Its IDENTIFY follows the bot's without the usual pause.
    await simulator.control('PATCH', '/gateway', { identifyPeriod: 1 })
    await crowd.#listen(new WebSocket(`${simulator.url.replace('http', 'ws')}/gateway?v=10&encoding=json`))
    context.onEnd(() => crowd.#leave())
    return crowd
  }

  async #listen(socket) {
    this.#socket = socket
    const send = (op, d) => socket.send(JSON.stringify({ op, d }))
    const ready = new Promise((resolve, reject) => {
      socket.on('message', (data) => {
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
    await once(socket, 'open')
    await ready
  }

  #leave() {
    clearInterval(this.#heartbeat)
    this.#socket.terminate()
  }

  #see(message) {
    const id = message.interaction_metadata?.id ?? message.message_reference?.message_id
    if (id === undefined) return
    if (!this.#waiting.has(id)) return void this.#early.set(id, message)
    this.#waiting.get(id)(message)
    this.#waiting.delete(id)
  }

  /** The response to the message or interaction of that id, if there is one. */
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

  /** Calls the command in each guild of these people; returns its buttons by guild. */
  async call(trigger, members = this.members) {
    const buttons = new Map()
    for (const { guild, channel, person } of members) {
      if (buttons.has(guild)) continue
      const said = { authorId: person, content: `!${trigger}` }
      const { id } = await this.simulator.control('POST', `/channels/${channel}/messages`, said)
      const message = await this.#answer(id)
      if (!message) throw new Error(`Nobody answered !${trigger}`)
      buttons.set(guild, { messageId: message.id, customId: message.components[0].components[0].custom_id })
    }
    return buttons
  }

  /** The next person of one of these guilds. */
  #someone(guilds) {
    for (;;) {
      const member = this.members[this.#next++ % this.members.length]
      if (guilds.has(member.guild)) return member
    }
  }

  /** Presses a button in one of these guilds; returns the interaction's id. */
  async press(buttons) {
    const { guild, channel, person } = this.#someone(buttons)
    const press = { type: 3, userId: person, channelId: channel, ...buttons.get(guild) }
    return (await this.simulator.control('POST', '/interactions', press)).id
  }

  /** The same; returns whether the script responded publicly. */
  async pressAndWait(buttons) {
    return (await this.#answer(await this.press(buttons))) !== undefined
  }

  /**
   * Makes `rate` presses a second, whether others are answered or not. Returns the milliseconds from each press until its
   * response reached the simulator. Without a response, or with an error that only the person sees, a press counts as
   * answered at the limit.
   */
  async pressRegularly(buttons, rate, seconds) {
    const presses = []
    const began = performance.now()
    for (let i = 0; i < rate * seconds; ++i) {
      const wait = began + (i * 1000) / rate - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      presses.push(this.press(buttons))
    }
    const ids = await Promise.all(presses)
    const times = []
    for (const id of ids) times.push(await this.#timeOf(id))
    const answered = times.filter((time) => time !== undefined)
    const unanswered = ids.length - answered.length
    return { times: [...answered, ...Array(unanswered).fill(answerLimit)], unanswered }
  }

  async #timeOf(id) {
    for (;;) {
      const { responses, failed, answeredAfterUs } = await this.simulator.control('GET', `/interactions/${id}`)
      const [response] = responses
      if (response) return response.data?.flags & ephemeral ? undefined : answeredAfterUs / 1000
      if (failed) return undefined
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
