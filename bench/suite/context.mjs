// The context of a row's measurement: servers, a simulator and a database, which stop with it.
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isJavaScript, startServer } from './contenders.mjs'
import { MariaDb } from './mariadb.mjs'
import { Program } from './processes.mjs'
import { Simulator } from './simulator.mjs'

const timesUntilWarm = 3000

/** Programs that several rows use, started on first use. */
export class Shared {
  #directory
  #mariadb
  #simulators = new Map()

  constructor({ bin, peer, quick, cores }) {
    Object.assign(this, { bin, peer, quick, cores })
  }

  async directory() {
    if (!this.#directory) {
      this.#directory = await mkdtemp(join(tmpdir(), 'guildhall-bench-'))
      // A program that was just killed may still write.
      const patiently = { recursive: true, force: true, maxRetries: 10 }
      process.on('exit', () => rmSync(this.#directory, patiently))
    }
    return this.#directory
  }

  async freshDirectory(name) {
    return mkdtemp(join(await this.directory(), `${name}-`))
  }

  async mariadb() {
    this.#mariadb ??= await MariaDb.start(this.cores.load, await this.freshDirectory('mariadb'))
    return this.#mariadb
  }

  async newSimulator(options) {
    return Simulator.start(this.bin, this.cores.load, await this.freshDirectory('simulator'), options)
  }

  async simulator(options) {
    const key = JSON.stringify(options)
    if (!this.#simulators.has(key)) this.#simulators.set(key, await this.newSimulator(options))
    return this.#simulators.get(key)
  }

  /** Resets the simulators for the next bot and stops all floods. */
  async forget() {
    for (const simulator of this.#simulators.values()) {
      await simulator.endFlood()
      await simulator.forgetSessions()
    }
  }

  async stop() {
    for (const simulator of this.#simulators.values()) await simulator.stop()
    await this.#mariadb?.stop()
  }
}

/** One measurement: what it starts is stopped when it ends, last first. */
export class Context {
  #shared
  #contender
  #endings = []

  /** `contender`: the name of the measured program. */
  static async make(shared, contender) {
    const context = new Context()
    context.#shared = shared
    context.#contender = contender
    context.directory = await shared.freshDirectory('measure')
    return context
  }

  get bin() {
    return this.#shared.bin
  }

  get peer() {
    return this.#shared.peer
  }

  get cores() {
    return this.#shared.cores
  }

  get quick() {
    return this.#shared.quick
  }

  /** How long a measurement takes, in seconds. */
  get seconds() {
    return this.quick ? 1 : 3
  }

  /**
   * Warms a server up. `work` does what will be measured for a moment and returns how often it did. guildhall is compiled; a
   * peer compiles hot code after some thousand runs.
   */
  async warmUp(work) {
    const [least, most] = !isJavaScript(this.#contender) ? [0.5, 0.5] : this.quick ? [1, 2] : [3, 10]
    const began = performance.now()
    const seconds = () => (performance.now() - began) / 1000
    for (let done = 0; seconds() < least || (seconds() < most && done < timesUntilWarm); ) done += await work()
  }

  onEnd(ending) {
    this.#endings.push(ending)
  }

  start(contender, options) {
    return startServer(contender, this, options)
  }

  program(core, command, args, options) {
    const program = new Program(core, command, args, options)
    this.onEnd(() => program.stop())
    return program
  }

  mariadb() {
    return this.#shared.mariadb()
  }

  async simulator({ fresh = false, ...options } = {}) {
    if (!fresh) return this.#shared.simulator(options)
    const simulator = await this.#shared.newSimulator(options)
    this.onEnd(() => simulator.stop())
    return simulator
  }

  async end() {
    for (const ending of this.#endings.reverse()) await ending()
    await this.#shared.forget()
    await rm(this.directory, { recursive: true })
  }
}
