import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { freshDatabase, prepare } from '../../../../tests/harness/database.mjs'
import { request } from '../../../../tests/harness/http.mjs'
import { startMariaDb } from '../../../../tests/harness/mariadb.mjs'
import { guildhallBinary, scriptHostBinary } from '../../../../tests/harness/paths.mjs'
import { Program } from '../../../../tests/harness/program.mjs'
import { application, people, redirectUri, startSimulator } from '../../../../tests/harness/simulator.mjs'
import { onEnd } from '../../../../tests/harness/cleanup.mjs'
import { until } from '../../../../tests/harness/wait.mjs'

const peer = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url))
const commandLines = {
  guildhall: [guildhallBinary, []],
  'Node.js': [process.execPath, [peer('main.mjs')]],
  Bun: [peer('node_modules/.bin/bun'), [peer('main.mjs')]],
}
export const contenders = Object.keys(commandLines)

/** A program that runs against a Discord of its own. */
class Contender {
  constructor(name, sim, url) {
    this.name = name
    this.sim = sim
    this.url = url
  }

  request(method, path, options) {
    return request(method, this.url + path, options)
  }

  async login(person) {
    const { code } = await this.sim.authorize(person)
    return this.request('POST', '/api/auth/token', { body: { code, redirect_uri: redirectUri } })
  }
}

const environment = (sim, database) => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  JWT_SECRET: randomBytes(32).toString('hex'),
  DISCORD_API_URL: sim.api,
  DISCORD_CLIENT_ID: application.id,
  DISCORD_CLIENT_SECRET: application.secret,
  DISCORD_BOT_TOKEN: application.botToken,
  ADMIN_USER_IDS: people.ada.id,
  SCRIPTS_UNSAFE: '1',
  GUILDHALL_VM: scriptHostBinary,
  LOG_FORMAT: 'json',
  ...database,
})

const listening = (line) => line.includes('"Listening"') && JSON.parse(line).url

async function start(scope, name, mariadb) {
  const sim = await startSimulator(scope)
  const [command, args] = commandLines[name]
  const program = new Program(command, args, { env: environment(sim, freshDatabase(mariadb)) })
  onEnd(scope, () => program.stop())
  const contender = new Contender(name, sim, await program.line(listening, 'the line "Listening"'))
  await until(async () => (await contender.request('GET', '/readyz')).status === 200, `${name} to be ready`)
  return contender
}

/** All of them, which end with `scope`. */
export async function startContenders(scope) {
  const mariadb = prepare(await startMariaDb(scope))
  const started = []
  for (const name of contenders) started.push(await start(scope, name, mariadb))
  return started
}
