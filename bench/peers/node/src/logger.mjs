import winston from 'winston'
import Transport from 'winston-transport'

const known = new Set(['level', 'message', 'source', 'stack', 'timestamp'])

/** The message with the values beside it as `name=value`. */
function messageOf(info) {
  const fields = Object.entries(info).filter(([name]) => !known.has(name))
  return [info.message, ...fields.map(([name, value]) => `${name}=${value}`)].join(' ')
}

/** Makes each line a row of the table logs, and tells those who listen to `row` of it. */
export class SequelizeTransport extends Transport {
  #Log
  #atOnce
  #underWay = 0
  #next

  /** `atOnce`: rows that may be on their way to the database; beyond that lines wait in the stream. */
  constructor({ Log, atOnce = 10, ...options }) {
    super(options)
    this.#Log = Log
    this.#atOnce = atOnce
  }

  log(info, next) {
    if (++this.#underWay < this.#atOnce) next()
    else this.#next = next
    this.#write(info)
  }

  async #write(info) {
    const { level, source = 'app', stack, timestamp } = info
    try {
      const row = await this.#Log.create({ level, source, message: messageOf(info), timestamp, stacktrace: stack })
      this.emit('row', row)
    } catch (error) {
      process.stderr.write(`A line could not be written to the database: ${error.message}\n`)
    }
    this.#underWay -= 1
    const next = this.#next
    this.#next = undefined
    next?.()
  }
}

/** Lines of JSON on the standard output, and rows in the database. */
export function makeLogger(level, transports = []) {
  const { combine, errors, json, timestamp } = winston.format
  return winston.createLogger({
    level,
    format: combine(errors({ stack: true }), timestamp(), json()),
    transports: [new winston.transports.Console(), ...transports],
  })
}
