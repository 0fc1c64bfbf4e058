// The bots that are compared: each starts on a core and has the same commands in all guilds.
import { randomBytes } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Program } from '../gateway/program.mjs'
import { application, redirectUri } from '../gateway/simulator.mjs'
import { commands } from './commands.mjs'

const discordJsBot = fileURLToPath(new URL('discordjs_bot.mjs', import.meta.url))

async function post(url, body, headers = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

async function addCommands(api, sim) {
  const { token } = await post(`${api}/auth/token`, { code: await sim.authorize(), redirect_uri: redirectUri })
  for (const guild of sim.guilds) {
    for (const [trigger, { response, script }] of Object.entries(commands)) {
      const command = { trigger, response, interaction: script }
      await post(`${api}/guilds/${guild}/commands`, command, { authorization: `Bearer ${token}` })
    }
  }
}

async function untilReady(url) {
  for (let i = 0; i < 500; ++i) {
    if ((await fetch(`${url}/readyz`)).ok) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('guildhall did not become ready')
}

export function guildhall(bin) {
  return async (core, sim, directory) => {
    const cwd = await mkdtemp(join(directory, 'guildhall-'))
    const env = {
      PORT: '0',
      JWT_SECRET: randomBytes(32).toString('hex'),
      DISCORD_API_URL: sim.api,
      DISCORD_CLIENT_ID: application.id,
      DISCORD_CLIENT_SECRET: application.secret,
      DISCORD_BOT_TOKEN: application.botToken,
      DB_DIALECT: 'sqlite',
      DB_STORAGE: join(cwd, 'guildhall.db'),
      LOG_FORMAT: 'json',
    }
    const program = new Program(core, `${bin}/guildhall`, [], { cwd, env })
    const url = `http://127.0.0.1:${await program.says(/"message":"Listening".*"port":"?(\d+)/)}`
    await untilReady(url)
    await addCommands(`${url}/api`, sim)
    return program
  }
}

/** `way` is `vm` or `worker`. */
export function discordJs(way) {
  return async (core, sim, directory) => {
    const file = join(directory, 'commands.json')
    await writeFile(file, JSON.stringify(commands))
    const env = {
      NODE_ENV: 'production',
      DISCORD_TOKEN: application.botToken,
      DISCORD_API_URL: `${sim.url}/api`,
      COMMANDS: file,
      WAY: way,
    }
    const program = new Program(core, process.execPath, [discordJsBot], { env })
    await program.says(/^(ready)/)
    return program
  }
}
