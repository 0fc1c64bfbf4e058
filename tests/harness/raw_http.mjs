import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { within } from './wait.mjs'

/** The complete responses in `bytes`. `bodiless`: they are responses to HEAD. */
function parseAnswers(bytes, bodiless) {
  const answers = []
  let rest = bytes
  for (;;) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) return answers
    const [statusLine, ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1])
    if (!status) throw new Error(`Not an HTTP/1.1 response: ${statusLine}`)
    const length = bodiless || status < 200 || status === 204 || status === 304 ? 0 : Number(headers['content-length'])
    if (Number.isNaN(length)) throw new Error(`A response without a length: ${statusLine}`)
    if (rest.length < end + 4 + length) return answers
    answers.push({ status, headers, body: rest.subarray(end + 4, end + 4 + length).toString() })
    rest = rest.subarray(end + 4 + length)
  }
}

/** A TCP connection that sends bytes unchanged. */
export class RawConnection {
  #received = []
  #changed = () => {}

  static async open(port, options) {
    const connection = new RawConnection(port, options)
    await within(connection.connected, 'a connection')
    return connection
  }

  constructor(port, { bodiless = false } = {}) {
    this.bodiless = bodiless
    this.ended = false
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.connected = new Promise((resolve, reject) => this.socket.once('connect', resolve).once('error', reject))
    this.socket.on('error', () => {})
    this.socket.on('data', (bytes) => {
      this.#received.push(bytes)
      this.#changed()
    })
    for (const event of ['end', 'close']) {
      this.socket.on(event, () => {
        this.ended = true
        this.#changed()
      })
    }
  }

  /** Sends bytes and returns once they are with the kernel. */
  async send(bytes) {
    await new Promise((resolve) => this.socket.write(bytes, resolve))
    await turn()
  }

  get answers() {
    return parseAnswers(Buffer.concat(this.#received), this.bodiless)
  }

  /** Waits for `count` responses, or for the end of the connection. */
  async receive(count, limitMs) {
    await this.#until(() => this.ended || this.answers.length >= count, `${count} answers`, limitMs)
    return this.answers
  }

  /** Waits for the other side to end the connection. */
  async end(limitMs) {
    await this.#until(() => this.ended, 'the end of a connection', limitMs)
    return this.answers
  }

  async #until(condition, what, limitMs) {
    if (condition()) return
    const reached = new Promise((resolve) => {
      this.#changed = () => condition() && resolve()
    })
    await within(reached, what, limitMs).catch((late) => {
      throw new Error(`${late.message}; received: ${Buffer.concat(this.#received)}`)
    })
  }

  close() {
    this.socket.destroy()
  }
}

/** Sends `chunks` one by one and returns `answers` many responses, or all of them up to the end. */
export async function exchange(port, chunks, { answers, bodiless } = {}) {
  const connection = await RawConnection.open(port, { bodiless })
  try {
    for (const chunk of [chunks].flat()) await connection.send(chunk)
    return answers === undefined ? await connection.end() : await connection.receive(answers)
  } finally {
    connection.close()
  }
}
