// What a row's measuring is given: servers, a simulator, a database, and that they end with it.
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isJavaScript, startServer } from './contenders.mjs'
import { MariaDb } from './mariadb.mjs'
import { Program } from './processes.mjs'
import { Simulator } from './simulator.mjs'

const timesUntilWarm = 3000

/** Programs that several rows use: started when the first one asks. */
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
      // What was killed just now may still write.
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

  /** The next bot of each simulator begins anew, and nobody is flooded any more. */
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

/** One measuring: what it starts is stopped when it ends, the last first. */
export class Context {
  #shared
  #contender
  #endings = []

  /** `contender`: the name of what is measured. */
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

  /** How long a figure is measured, in seconds. */
  get seconds() {
    return this.quick ? 1 : 3
  }

  /**
   * Warms a server up. `work` has it do what will be measured for a moment, and answers how often it did. Ours are
   * compiled; a peer compiles what is hot as it goes, which takes some thousand times.
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
