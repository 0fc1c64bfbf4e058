import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { onEnd } from './cleanup.mjs'
import { databaseFor } from './database.mjs'
import { requestsFitDiscord } from './discord_document.mjs'
import { request } from './http.mjs'
import { freshDirectory, guildhallBinary, scriptHostBinary } from './paths.mjs'
import { Program } from './program.mjs'
import { application, redirectUri } from './simulator.mjs'
import { until } from './wait.mjs'

export const newSecret = () => randomBytes(32).toString('hex')

/** A log line of LOG_FORMAT=json; undefined for other lines. */
function parseLog(line) {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** A running guildhall. */
class Guildhall {
  constructor(program, port, env) {
    this.program = program
    this.port = port
    this.url = `http://127.0.0.1:${port}`
    this.env = env
  }

  request(method, path, options) {
    return request(method, this.url + path, options)
  }

  get(path, options) {
    return this.request('GET', path, options)
  }

  post(path, options) {
    return this.request('POST', path, options)
  }

  put(path, options) {
    return this.request('PUT', path, options)
  }

  patch(path, options) {
    return this.request('PATCH', path, options)
  }

  delete(path, options) {
    return this.request('DELETE', path, options)
  }

  /** Logs a person of the simulator in and returns their token. */
  async login(sim, person, headers) {
    const { code } = await sim.authorize(person)
    const answer = await this.post('/api/auth/token', { headers, body: { code, redirect_uri: redirectUri } })
    assert.equal(answer.status, 200, answer.text)
    return answer.body.token
  }

  /** Waits until the bot is known to be in a guild. */
  knowsGuild(id, token) {
    return until(async () => (await this.get(`/api/guilds/${id}`, { token })).status === 200, `the bot to be in guild ${id}`)
  }

  /** All of a guild's commands with their scripts, newest first. `path` is the guild's list of commands. */
  async wholeCommands(path, token) {
    const commands = []
    for (let before = ''; before !== null; ) {
      const { status, text, body } = await this.get(`${path}?scripts=1&limit=100&before=${before}`, { token })
      assert.equal(status, 200, text)
      commands.push(...body.commands)
      before = body.next
    }
    return commands
  }

  logs() {
    return this.program.lines.map(parseLog).filter(Boolean)
  }

  /** The first log entry, so far or later, that `matches`. */
  log(matches, what) {
    return this.program.line((line) => {
      const entry = parseLog(line)
      return entry && matches(entry) ? entry : undefined
    }, what)
  }

  /** Waits until the script host has started its processes. */
  async scriptsReady() {
    await this.log(({ message }) => message === 'The script host is ready', 'the script host to be ready')
  }

  stop(limitMs) {
    return this.program.stop(limitMs)
  }
}

/** Asserts that guildhall's requests to `sim` match Discord's OpenAPI document. */
async function assertRequestsFit(sim) {
  if (sim.program?.end || !sim.requests) return
  await requestsFitDiscord(sim, { by: ({ headers }) => /guildhall/.test(headers['user-agent']) })
}

/** The environment for a guildhall that uses `sim` and the database for `directory`. */
export function environmentFor(sim, directory) {
  return {
    HOST: '127.0.0.1',
    PORT: '0',
    JWT_SECRET: newSecret(),
    DISCORD_API_URL: sim.api,
    DISCORD_AUTHORIZE_URL: `${sim.url}/oauth2/authorize`,
    DISCORD_CLIENT_ID: application.id,
    DISCORD_CLIENT_SECRET: application.secret,
    DISCORD_BOT_TOKEN: application.botToken,
    GUILDHALL_VM: scriptHostBinary,
    ...databaseFor(directory),
    LOG_FORMAT: 'json',
  }
}

/** The guildhall that `program` is, once it listens. */
export async function onceListening(program, env) {
  const { port } = await program.line((line) => {
    const entry = parseLog(line)
    return entry?.message === 'Listening' ? entry : undefined
  }, 'the line "Listening"')
  return new Guildhall(program, Number(port), env)
}

/**
 * Starts a guildhall that uses `sim`. It stops at the end of `scope`. With `synced` it is returned once it knows the bot's
 * guilds; with `openFiles` it may have so many files and connections open.
 */
export async function startGuildhall(scope, sim, { env = {}, args = [], synced = true, directory, openFiles } = {}) {
  directory ??= await freshDirectory(scope)
  const environment = { ...environmentFor(sim, directory), ...env }
  const limited = ['-c', `ulimit -n ${openFiles} && exec "$0" "$@"`, guildhallBinary, ...args]
  const [path, given] = openFiles ? ['/bin/sh', limited] : [guildhallBinary, args]
  const program = new Program(path, given, { cwd: directory, env: environment })
  onEnd(scope, async () => {
    await assertRequestsFit(sim)
    if (!program.killed) await program.stop()
  })
  const hall = await onceListening(program, environment)
  if (synced) await until(async () => (await hall.get('/readyz')).status === 200, 'guildhall to be ready')
  return hall
}
