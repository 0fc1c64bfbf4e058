// The contenders: guildhall, the same work on Node.js and on Bun, and a bare HTTP server as the machine's limit.
import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from './measuring.mjs'
import { Program } from './processes.mjs'
import { ada, application, redirectUri } from './simulator.mjs'

/** Their names in the report. A row may add its own. */
export const labels = {
  guildhall: 'guildhall',
  node: 'peer on Node.js',
  bun: 'peer on Bun',
  'guildhall-sqlite': 'guildhall on SQLite',
  'node-threads': 'peer on Node.js, a thread for each script',
  bare: 'bare Beast server',
  disk: 'fsyncs of the disk',
}
export const ours = ['guildhall', 'guildhall-sqlite']
export const peers = ['node', 'bun']
export const isJavaScript = (name) => /^(node|bun)\b/.test(name)

/** Milliseconds to stop after a measurement: a peer with queued scripts would take long. */
const endingPatience = 1000

/** A running server, with the requests and process data that rows use. */
class Server {
  constructor(name, program, url, simulator) {
    this.name = name
    this.program = program
    this.url = url
    this.simulator = simulator
  }

  get pid() {
    return this.program.pid
  }

  cpu() {
    return this.program.cpu()
  }

  memory() {
    return this.program.memory()
  }

  pss() {
    return this.program.pss()
  }

  stop() {
    return this.program.stop()
  }

  async request(method, path, body, headers = {}) {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      body: body && JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${this.name}: ${method} ${path}: ${answer.status} ${text}\n${this.program.output}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  /** The Authorization header of Ada, who owns the guilds and is an ADMIN. */
  async login() {
    const code = await this.simulator.authorize()
    const { token } = await this.request('POST', '/api/auth/token', { code, redirect_uri: redirectUri })
    return { authorization: `Bearer ${token}` }
  }

  /** Adds these commands to each guild, with several requests in flight, because it is not measured. */
  async addCommands(guilds, commands) {
    const headers = await this.login()
    const waiting = [...guilds]
    const add = async () => {
      for (let guild = waiting.pop(); guild; guild = waiting.pop()) {
        for (const command of commands) await this.request('POST', `/api/guilds/${guild}/commands`, command, headers)
      }
    }
    await Promise.all(Array.from({ length: 16 }, add))
  }

  /** Metrics by name, with labels as in Prometheus' text. */
  async metrics() {
    // A busy server may close an idle connection just as it is reused.
    const text = await (await fetch(`${this.url}/metrics`, { headers: { connection: 'close' } })).text()
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
  }

  /** The bot's counters: GUILD_CREATE events, messages, messages that call a command. */
  async counts() {
    const metrics = await this.metrics()
    return {
      guilds: metrics.get('gateway_events_total{event="GUILD_CREATE"}') ?? 0,
      messages: metrics.get('bot_messages_total') ?? 0,
      matched: metrics.get('bot_messages_matched_total') ?? 0,
    }
  }
}

/** The environment variables that guildhall and the peers share. */
function environment({ simulator, bot, database, env }) {
  return {
    HOST: '127.0.0.1',
    PORT: '0',
    JWT_SECRET: randomBytes(32).toString('hex'),
    DISCORD_API_URL: simulator.api,
    DISCORD_CLIENT_ID: application.id,
    DISCORD_CLIENT_SECRET: application.secret,
    ...(bot && { DISCORD_BOT_TOKEN: application.botToken }),
    ADMIN_USER_IDS: ada,
    LOG_FORMAT: 'json',
    ...database,
    ...env,
  }
}

const commandLines = {
  guildhall: ({ bin, args }) => [`${bin}/guildhall`, args],
  node: ({ peer, args }) => [process.execPath, [`${peer}/main.mjs`, ...args]],
  bun: ({ peer, args }) => [`${peer}/node_modules/.bin/bun`, [`${peer}/main.mjs`, ...args]],
}

/** A contender's own environment variables. */
const settings = {
  'node-threads': { SCRIPTS_IN: 'threads' },
}

/**
 * Starts guildhall or a peer as in production and returns once it listens; `startedAt` of the result is its start in
 * milliseconds of performance.now().
 */
export async function startListening(name, context, options = {}) {
  const { bot = true, dialect, env = {}, args = [], core = context.cores.server, database } = options
  const simulator = options.simulator ?? (await context.simulator())
  const cwd = await mkdtemp(join(context.directory, `${name}-`))
  const onSqlite = dialect === 'sqlite' || name === 'guildhall-sqlite'
  const ownDatabase = { DB_DIALECT: 'sqlite', DB_STORAGE: join(cwd, 'bench.sqlite') }
  const chosen = database ?? (onSqlite ? ownDatabase : (await context.mariadb()).database())
  const [command, rest] = commandLines[name.replace(/-.*/, '')]({ bin: context.bin, peer: context.peer, args })
  const startedAt = performance.now()
  const program = new Program(core, command, rest, {
    cwd,
    env: { NODE_ENV: 'production', ...environment({ simulator, bot, database: chosen, env: { ...settings[name], ...env } }) },
  })
  context.onEnd(() => program.stop(endingPatience))
  const port = await program.says(/"message":"Listening".*"port":"?(\d+)/)
  const server = new Server(name, program, `http://127.0.0.1:${port}`, simulator)
  return Object.assign(server, { startedAt, database: chosen })
}

/** The same, but waits until database and bot are ready. */
export async function startServer(name, context, options) {
  const server = await startListening(name, context, options)
  await until(async () => (await fetch(`${server.url}/readyz`).catch(() => ({}))).ok, `${name} to be ready`)
  return server
}

/** A server that answers each request with a constant, on one thread. */
export async function startBare(context, body) {
  const program = new Program(context.cores.server, `${context.bin}/bare_server`, [body])
  context.onEnd(() => program.stop())
  return new Server('bare', program, await program.says(/^ready (\S+)/))
}
