// Programs on a core of their own, and what the system says of them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const running = new Set()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

const ticksPerSecond = 100 // USER_HZ, on every Linux
const patience = 10_000

export class Program {
  #child
  #output = ''

  constructor(core, command, args, { env = {}, cwd } = {}) {
    this.#child = spawn('taskset', ['-c', String(core), command, ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(this.#child)
    this.#child.on('exit', () => running.delete(this.#child))
    this.#child.stderr.on('data', (data) => (this.#output += data))
  }

  get pid() {
    return this.#child.pid
  }

  /** The first group of `pattern` in the first line of output that has it. Later lines are not kept. */
  async says(pattern) {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patience)
    try {
      for await (const line of createInterface({ input: this.#child.stdout })) {
        this.#output += `${line}\n`
        const found = pattern.exec(line)
        if (found) return found[1]
      }
    } finally {
      clearTimeout(timer)
      this.#child.stdout.resume()
    }
    throw new Error(`A program did not say ${pattern}:\n${this.#output}`)
  }

  #proc(file) {
    return readFileSync(`/proc/${this.#child.pid}/${file}`, 'utf8')
  }

  /** Seconds of processor time so far, of all threads. */
  cpu() {
    const fields = this.#proc('stat').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  }

  /** Megabytes of resident memory. */
  memory() {
    return (Number(/VmRSS:\s+(\d+)/.exec(this.#proc('status'))[1]) * 1024) / 1e6
  }

  async stop() {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patience)
    if (running.has(this.#child)) {
      this.#child.kill('SIGTERM')
      await once(this.#child, 'exit')
    }
    clearTimeout(timer)
  }
}
