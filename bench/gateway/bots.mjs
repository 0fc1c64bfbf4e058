// The bots that are compared: each starts on a core, answers /metrics and has commands in some guilds.
import { randomBytes } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Program } from './program.mjs'
import { application, redirectUri } from './simulator.mjs'

const discordJsBot = fileURLToPath(new URL('discordjs_bot.mjs', import.meta.url))
const content = 'You said ${1}'
const triggers = ['help', 'rules', 'faq', 'links', 'n', 'hello', 'about', 'roles', 'events', 'status']

class Bot {
  #metrics

  constructor(program, url, metrics) {
    this.program = program
    this.url = url
    this.#metrics = metrics
  }

  /** What it has counted: `guilds` (GUILD_CREATE events), `messages`, `matched`. */
  async counts() {
    const text = await (await fetch(`${this.url}/metrics`)).text()
    const value = (name) => Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.split(' ')[1] ?? 0)
    return Object.fromEntries(Object.entries(this.#metrics).map(([key, name]) => [key, value(name)]))
  }

  stop() {
    return this.program.stop()
  }
}

class Guildhall extends Bot {
  async #post(path, body, headers = {}) {
    const answer = await fetch(`${this.url}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  async addCommands(sim, guilds) {
    const { token } = await this.#post('/auth/token', { code: await sim.authorize(), redirect_uri: redirectUri })
    const authorization = `Bearer ${token}`
    for (const guild of guilds) {
      const commands = triggers.map((trigger) => ({ trigger, response: { content } }))
      await Promise.all(commands.map((command) => this.#post(`/guilds/${guild}/commands`, command, { authorization })))
    }
  }
}

export function guildhall(bin, compression) {
  return async (core, sim, directory) => {
    const cwd = await mkdtemp(join(directory, 'guildhall-'))
    const env = {
      PORT: '0',
      JWT_SECRET: randomBytes(32).toString('hex'),
      DISCORD_API_URL: sim.api,
      DISCORD_CLIENT_ID: application.id,
      DISCORD_CLIENT_SECRET: application.secret,
      DISCORD_BOT_TOKEN: application.botToken,
      GATEWAY_COMPRESSION: compression,
      DB_DIALECT: 'sqlite',
      DB_STORAGE: join(cwd, 'guildhall.db'),
      LOG_FORMAT: 'json',
    }
    const program = new Program(core, `${bin}/guildhall`, [], { cwd, env })
    const port = await program.says(/"message":"Listening".*"port":"?(\d+)/)
    return new Guildhall(program, `http://127.0.0.1:${port}`, {
      guilds: 'gateway_events_total{event="GUILD_CREATE"}',
      messages: 'bot_messages_total',
      matched: 'bot_messages_matched_total',
    })
  }
}

class DiscordJs extends Bot {
  /** It was started with them. */
  async addCommands() {}
}

export function discordJs() {
  return async (core, sim, directory, guilds) => {
    const commands = join(directory, 'commands.json')
    const responses = Object.fromEntries(triggers.map((trigger) => [trigger, content]))
    await writeFile(commands, JSON.stringify(Object.fromEntries(guilds.map((id) => [id, responses]))))
    const env = {
      NODE_ENV: 'production',
      DISCORD_TOKEN: application.botToken,
      DISCORD_API_URL: `${sim.url}/api`,
      COMMANDS: commands,
    }
    const program = new Program(core, process.execPath, [discordJsBot], { env })
    return new DiscordJs(program, await program.says(/^ready (\S+)/), {
      guilds: 'bot_guild_creates_total',
      messages: 'bot_messages_total',
      matched: 'bot_messages_matched_total',
    })
  }
}
