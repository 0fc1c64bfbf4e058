import { EventEmitter, once } from 'node:events'
import { constants, inflateSync } from 'node:zlib'
import { WebSocket } from 'ws'
import { application } from './simulator.mjs'
import { within } from './wait.mjs'

export const intents = { guilds: 1, guildMembers: 2, guildMessages: 512, directMessages: 4096, messageContent: 32768 }

/** A bot's plain connection to the gateway: it neither sends heartbeats nor reconnects by itself. */
export class GatewayClient {
  /** All payloads received. */
  payloads = []
  #taken = 0
  #news = new EventEmitter()
  /** With zlib-stream: all bytes so far, and how much of their text was read. */
  #streamed
  #read = 0

  constructor(url, query = 'v=10&encoding=json', options = {}) {
    this.socket = new WebSocket(`${url}?${query}`, options)
    this.socket.on('message', (data) => this.#take(data))
    this.socket.on('error', () => {})
    /** The code with which the connection ended. */
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code) => {
        this.closeCode = code
        resolve(code)
        this.#news.emit('news')
      })
    })
    if (query.includes('zlib-stream')) this.#streamed = []
  }

  #take(data) {
    if (!this.#streamed) return this.#keep(data.toString())
    this.#streamed.push(data)
    const text = inflateSync(Buffer.concat(this.#streamed), { finishFlush: constants.Z_SYNC_FLUSH }).toString()
    this.#keep(text.slice(this.#read))
    this.#read = text.length
  }

  #keep(text) {
    this.payloads.push(JSON.parse(text))
    this.#news.emit('news')
  }

  /** The next payload for which `wanted` is true; earlier ones are skipped. */
  async next(wanted, what) {
    const find = async () => {
      for (;;) {
        while (this.#taken < this.payloads.length) {
          const payload = this.payloads[this.#taken++]
          if (wanted(payload)) return payload
        }
        if (this.closeCode !== undefined) throw new Error(`Closed with ${this.closeCode} before ${what}`)
        await once(this.#news, 'news')
      }
    }
    return within(find(), what)
  }

  op(op) {
    return this.next((payload) => payload.op === op, `op ${op}`)
  }

  async event(name) {
    return (await this.next(({ t }) => t === name, name)).d
  }

  send(op, d) {
    this.socket.send(JSON.stringify({ op, d }))
  }

  identify(fields = {}) {
    const properties = { os: 'linux', browser: 'test', device: 'test' }
    this.send(2, { token: application.botToken, intents: intents.guilds, properties, ...fields })
  }

  resume(sessionId, seq, token = application.botToken) {
    this.send(6, { token, session_id: sessionId, seq })
  }

  /** Closes so that the session can be resumed. */
  async leave() {
    this.socket.close(4000)
    await this.closed
  }

  /** Closes and ends the session. */
  async end() {
    this.socket.close(1000)
    await this.closed
  }
}

/** Connects and waits for hello. */
export async function connect(sim, query) {
  const client = new GatewayClient(sim.gatewayUrl, query)
  await client.op(10)
  return client
}

/** Connects, identifies and waits for READY, which is kept in `ready`. */
export async function logIn(sim, fields, query) {
  const client = await connect(sim, query)
  client.identify(fields)
  client.ready = await client.event('READY')
  return client
}
