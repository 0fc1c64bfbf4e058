import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { within } from './wait.mjs'

const running = new Set()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))

const sanitizerReport = /ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error:/

/** The part of the environment that a program under test gets: nothing that could configure it. */
function bareEnvironment() {
  const passed = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'TSAN_OPTIONS', 'LSAN_OPTIONS']
  return Object.fromEntries(passed.filter((name) => name in process.env).map((name) => [name, process.env[name]]))
}

/** A program under test, with its output and its exit. */
export class Program {
  lines = []
  killed = false
  #asked = false
  #listeners = new Set()

  constructor(path, args, { env = {}, cwd, uid, gid } = {}) {
    this.name = path.split('/').pop()
    const stdio = ['ignore', 'pipe', 'pipe']
    this.child = spawn(path, args, { cwd, uid, gid, env: { ...bareEnvironment(), ...env }, stdio })
    running.add(this.child)
    for (const stream of [this.child.stdout, this.child.stderr]) {
      createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => this.#take(line))
    }
    /** Resolves to `{code, signal}` once the program has ended and all output is read. */
    this.ended = new Promise((resolve, reject) => {
      this.child.on('error', (error) => {
        this.#take(error.message)
        reject(error)
      })
      this.child.on('close', (code, signal) => {
        running.delete(this.child)
        this.end = { code, signal }
        this.#listeners.forEach((listener) => listener(undefined))
        resolve(this.end)
      })
    })
    this.ended.catch(() => {})
  }

  get pid() {
    return this.child.pid
  }

  get output() {
    return this.lines.join('\n')
  }

  #take(line) {
    this.lines.push(line)
    this.#listeners.forEach((listener) => listener(line))
  }

  /** The first truthy result of `read` for a line printed so far or later. */
  line(read, what, limitMs = 30_000) {
    for (const line of this.lines) {
      const found = read(line)
      if (found) return found
    }
    let listener
    const found = new Promise((resolve, reject) => {
      listener = (line) => {
        const answer = line === undefined ? undefined : read(line)
        if (answer) resolve(answer)
        if (line === undefined) reject(new Error(`${this.name} ended before ${what}:\n${this.output}`))
      }
      this.#listeners.add(listener)
      if (this.end) listener(undefined)
    })
    return within(found, `${what} of ${this.name}`, limitMs).finally(() => this.#listeners.delete(listener))
  }

  /** Sends a signal; `stop` then only waits. */
  terminate(signal = 'SIGTERM') {
    this.#asked = true
    this.child.kill(signal)
  }

  /** Sends SIGTERM and waits for exit code 0. */
  async stop(limitMs = 20_000) {
    if (!this.#asked) this.terminate()
    const { code, signal } = await within(this.ended, `the end of ${this.name}`, limitMs)
    if (sanitizerReport.test(this.output)) throw new Error(`A sanitizer reported:\n${this.output}`)
    if (code !== 0) throw new Error(`${this.name} ended with ${signal ?? code}:\n${this.output}`)
  }

  /** Kills it and waits for its end, with any exit code. */
  async kill(signal = 'SIGKILL', limitMs = 5000) {
    this.killed = true
    this.child.kill(signal)
    await within(this.ended, `the end of ${this.name}`, limitMs)
  }
}

/** An environment without LeakSanitizer's check: for programs that end without freeing what they wait for. */
export const withoutLeaks = { ASAN_OPTIONS: [process.env.ASAN_OPTIONS, 'detect_leaks=0'].filter(Boolean).join(':') }

/** Runs a program to its end. */
export async function run(path, args, options) {
  const program = new Program(path, args, options)
  const { code } = await within(program.ended, `the end of ${program.name}`, options?.limitMs ?? 60_000)
  if (sanitizerReport.test(program.output)) throw new Error(`A sanitizer reported:\n${program.output}`)
  return { code, output: program.output, lines: program.lines }
}
