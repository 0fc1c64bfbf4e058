// Programs on their own core, their resource use, and the guarantee that none outlives the suite.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const ticksPerSecond = 100 // USER_HZ, on every Linux
const patience = 30_000
const outputKept = 16_384

const running = new Set()
process.on('exit', () => running.forEach((program) => program.kill()))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

function stat(pid) {
  try {
    const [, name, rest] = /^\d+ \((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    const fields = rest.split(' ')
    return { pid: Number(pid), name, parent: Number(fields[1]), ticks: fields.slice(11, 15).map(Number) }
  } catch {
    return undefined // It is gone.
  }
}

/** The process `pid` and its descendants. */
function family(pid) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(stat)
    .filter(Boolean)
  const found = all.filter((one) => one.pid === pid)
  for (let parents = found; parents.length > 0; ) {
    const pids = new Set(parents.map((parent) => parent.pid))
    parents = all.filter(({ parent }) => pids.has(parent))
    found.push(...parents)
  }
  return found
}

const megabytes = (kilobytes) => (Number(kilobytes) * 1024) / 1e6

export class Program {
  #child
  #output = ''
  #ended

  /** Starts `command` on that core, or on any if `core` is undefined, with only `env` as its environment. */
  constructor(core, command, args = [], { env = {}, cwd } = {}) {
    const pinned = core === undefined ? [] : ['taskset', '-c', String(core)]
    // The kernel kills it when this process ends, even by SIGKILL.
    const [first, ...rest] = [...pinned, 'setpriv', '--pdeathsig', 'KILL', command, ...args]
    this.name = command
    this.#child = spawn(first, rest, {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(this)
    this.#ended = new Promise((resolve) => {
      this.#child.on('error', (error) => resolve({ error }))
      this.#child.on('close', (code, signal) => resolve({ code, signal }))
    }).finally(() => running.delete(this))
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.on('data', (data) => this.#keep(data))
  }

  #keep(data) {
    this.#output = (this.#output + data).slice(-outputKept)
  }

  get pid() {
    return this.#child.pid
  }

  /** Resolves to `{code, signal}` once it has ended and all output is read. */
  get ended() {
    return this.#ended
  }

  /** The end of its output so far, of both streams. */
  get output() {
    return this.#output
  }

  /** Lines of its standard output from now on. */
  lines() {
    return createInterface({ input: this.#child.stdout })
  }

  /** The first group of `pattern` in the first matching line of either stream. */
  says(pattern) {
    return new Promise((resolve, reject) => {
      const readers = [this.#child.stdout, this.#child.stderr].map((input) => createInterface({ input }))
      const settle = (how, what) => {
        clearTimeout(timer)
        readers.forEach((reader) => reader.close())
        this.#child.stdout.resume()
        this.#child.stderr.resume()
        how(what)
      }
      const fail = () => settle(reject, new Error(`${this.name} did not say ${pattern}:\n${this.#output}`))
      const timer = setTimeout(fail, patience)
      for (const reader of readers) {
        reader.on('line', (line) => {
          const found = pattern.exec(line)
          if (found) settle(resolve, found[1])
        })
      }
      this.#ended.then(fail)
    })
  }

  /** Processor seconds of the process and its descendants, including ended ones. */
  cpu() {
    const ticks = family(this.pid).flatMap((one) => one.ticks)
    return ticks.reduce((sum, one) => sum + one, 0) / ticksPerSecond
  }

  /** Megabytes of resident memory of the process itself. */
  memory() {
    return megabytes(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))[1])
  }

  /** Megabytes by program of the process and its descendants, shared memory counted once. */
  pss() {
    const sizes = {}
    for (const { pid, name } of family(this.pid)) {
      const size = megabytes(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1])
      sizes[name] = (sizes[name] ?? 0) + size
    }
    return sizes
  }

  kill() {
    this.#child.kill('SIGKILL')
  }

  /** Sends SIGTERM, and SIGKILL after so many milliseconds. */
  async stop(limit = patience) {
    if (!running.has(this)) return
    const timer = setTimeout(() => this.kill(), limit)
    this.#child.kill('SIGTERM')
    await this.#ended
    clearTimeout(timer)
  }
}

/** The standard output of a program that ends by itself. */
export async function run(core, command, args, options) {
  const program = new Program(core, command, args, options)
  const lines = []
  for await (const line of program.lines()) lines.push(line)
  const { code, signal, error } = await program.ended
  if (code !== 0) throw new Error(`${command} ended with ${error ?? code ?? signal}:\n${program.output}`)
  return lines.join('\n')
}
