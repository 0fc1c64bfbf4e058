// `guildhall check`: a sound installation, and broken ones, each of which it has to name together with the remedy.
// @quiet
import assert from 'node:assert/strict'
import { chmod, chown, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { onEnd } from '../harness/cleanup.mjs'
import { account, freshDatabase, prepare } from '../harness/database.mjs'
import { environmentFor, newSecret, startGuildhall } from '../harness/guildhall.mjs'
import { grantsToRun, startMariaDb } from '../harness/mariadb.mjs'
import { freshDirectory, guildhallBinary } from '../harness/paths.mjs'
import { run, withoutLeaks } from '../harness/program.mjs'
import { freePort, startNginx } from '../harness/proxy.mjs'
import { startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })

/** Only root may give files away. */
const onlyRoot = { skip: process.getuid() !== 0 }

/** The environment of an installation that is sound, but not started. */
async function installation(t, variables = {}) {
  const directory = await freshDirectory(t)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const sqlite = { DB_DIALECT: 'sqlite', DB_STORAGE: join(directory, 'guildhall.db') }
  const env = { ...environmentFor(sim, directory), ...sqlite, PORT: `${port}`, PUBLIC_URL: url, ...variables }
  await sim.changeOauth({ redirectUris: [`${env.PUBLIC_URL}/api/auth/callback`] })
  return { directory, env }
}

/** Runs `guildhall check --json`; `found` are the findings that are not ok, as `verdict check: text -> remedy`. */
async function check({ directory, env }, args = []) {
  const { code, output } = await run(guildhallBinary, ['check', '--json', ...args], { cwd: directory, env: { ...env, ...withoutLeaks } })
  const report = JSON.parse(output)
  const bad = report.checks.filter(({ verdict }) => verdict !== 'ok')
  return { code, output, report, found: bad.map(({ verdict, check, text, remedy }) => `${verdict} ${check}: ${text} -> ${remedy}`) }
}

/** Asserts that one finding matches, that it has a remedy, and that the exit code says so. */
function assertFound({ code, found }, pattern) {
  const line = found.find((text) => pattern.test(text))
  assert.ok(line, `${pattern} is not among\n${found.join('\n')}`)
  assert.match(line, / -> .*\.$/)
  assert.equal(code, found.some((text) => text.startsWith('failed')) ? 2 : 1)
}

/** A reverse proxy that adds header fields and lets no WebSocket through. */
async function startProxy(t, target, { request = {}, response = {} }) {
  const proxy = createHttpServer(async (incoming, outgoing) => {
    const chunks = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { host, connection, 'content-length': length, upgrade, ...headers } = incoming.headers
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined
    const answer = await fetch(target + incoming.url, { method: incoming.method, headers: { ...headers, ...request }, body })
    const fields = Object.fromEntries([...answer.headers].filter(([name]) => !/^(date|connection|keep-alive|content-length|transfer-encoding)$/.test(name)))
    outgoing.writeHead(answer.status, { ...fields, ...response })
    outgoing.end(Buffer.from(await answer.arrayBuffer()))
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  onEnd(t, () => proxy.closeAllConnections() ?? proxy.close())
  return `http://127.0.0.1:${proxy.address().port}`
}

test('finds a running installation sound', async (t) => {
  const sound = await installation(t)
  const hall = await startGuildhall(t, sim, { env: sound.env, directory: sound.directory })
  await hall.scriptsReady()
  const { code, found, report } = await check(sound)
  assert.deepEqual(found, [])
  assert.equal(code, 0)
  assert.equal(report.verdict, 'ok')
  const looked = new Set(report.checks.map(({ check }) => check))
  for (const name of ['variables', 'files', 'disk', 'database', 'clock', 'port', 'url', 'proxy', 'websocket', 'sandbox']) {
    assert.ok(looked.has(name), name)
  }
  for (const name of ['client', 'token', 'intents', 'redirects', 'commands', 'sessions']) {
    assert.ok(looked.has(`discord.${name}`), name)
  }
})

test('is a page for people without --json', async (t) => {
  const { directory, env } = await installation(t, { DISCORD_CLIENT_SECRET: 'no-such-secret' })
  const { code, output } = await run(guildhallBinary, ['check'], { cwd: directory, env: { ...env, ...withoutLeaks } })
  assert.equal(code, 2)
  assert.match(output, /^guildhall \d+\.\d+\.\d+, Linux /)
  assert.match(output, /^failed +discord\.client +Discord does not accept .*\n +-> /m)
  assert.match(output, /^ok +port /m)
  assert.match(output, /^\d+ failed, .*\d+ ok$/m)
})

describe('names what is broken', () => {
  test('variables that are invalid, missing and misspelt', async (t) => {
    const broken = await installation(t, { SHARDS: 'many', JWT_SECRET: '' })
    await writeFile(join(broken.directory, '.env'), 'DISCORD_BOT_TOKN=x\n', { mode: 0o600 })
    const result = await check(broken)
    assertFound(result, /^failed variables: SHARDS: expected `auto` or a number/)
    assertFound(result, /^failed variables: JWT_SECRET is not set/)
    assertFound(result, /^warning variables: DISCORD_BOT_TOKN .*did you mean DISCORD_BOT_TOKEN\?/)
    assert.ok(result.report.checks.some(({ check, verdict }) => check === 'discord.token' && verdict === 'ok'), 'the rest is looked at')
  })

  test('an env file that is malformed, or is not there', async (t) => {
    const broken = await installation(t)
    await writeFile(join(broken.directory, '.env'), 'nothing\n')
    assertFound(await check(broken), /^failed variables: .*\.env:1: expected NAME=value/)
    assertFound(await check(broken, ['--env-file', 'none.env']), /^failed variables: none\.env: cannot be read/)
  })

  test('secrets that others can read', async (t) => {
    const broken = await installation(t)
    await writeFile(join(broken.directory, '.env'), 'LOG_LEVEL=info\n')
    await chmod(join(broken.directory, '.env'), 0o644)
    assertFound(await check(broken), /^warning files: .*can read .*\.env.*chmod o-rwx/)
  })

  test('a database without its directory, and a file that is none', async (t) => {
    const broken = await installation(t)
    const nowhere = { ...broken, env: { ...broken.env, DB_STORAGE: join(broken.directory, 'none/hall.db') } }
    assertFound(await check(nowhere), /^failed files: The directory .*none .* does not exist/)
    await writeFile(broken.env.DB_STORAGE, 'This is not a database. '.repeat(100), { mode: 0o600 })
    assertFound(await check(broken), /^failed database: .*is not an SQLite database/)
  })

  test('a database that root made in the directory of another user', onlyRoot, async (t) => {
    const broken = await installation(t)
    await writeFile(broken.env.DB_STORAGE, '', { mode: 0o600 })
    await chown(dirname(broken.env.DB_STORAGE), 65534, 65534)
    assertFound(await check(broken), /^failed files: The database .* belongs to root.* -> .*`chown --reference=/)
    await chown(broken.env.DB_STORAGE, 65534, 65534)
    assert.ok(!(await check(broken)).found.some((text) => /belongs to root/.test(text)))
  })

  test('credentials that Discord does not accept', async (t) => {
    const broken = await installation(t, { DISCORD_CLIENT_SECRET: 'no-such-secret', DISCORD_BOT_TOKEN: 'no-such-token' })
    const result = await check(broken)
    assertFound(result, /^failed discord\.client: .*\/applications\/1150000000000000000\/oauth2/)
    assertFound(result, /^failed discord\.token: .*Reset the token/)
  })

  test('intents that are off, redirects that Discord does not know, and session starts that are used up', async (t) => {
    const broken = await installation(t, { GATEWAY_INTENTS: 'GUILD_MEMBERS' })
    await sim.changeOauth({ redirectUris: ['https://elsewhere.example/api/auth/callback'] })
    await sim.changeGateway({ disallowedIntents: ['GUILD_MEMBERS', 'MESSAGE_CONTENT'], sessionStartLimit: { remaining: 0 } })
    onEnd(t, () => sim.changeGateway({ disallowedIntents: [], sessionStartLimit: { remaining: 1000 } }))
    const result = await check(broken)
    assertFound(result, /^failed discord\.intents: Message Content Intent is off.*MESSAGE_COMMANDS=mentions/)
    assertFound(result, /^failed discord\.intents: Server Members Intent is off/)
    assertFound(result, /^failed discord\.redirects: .*http:\/\/127\.0\.0\.1:\d+\/api\/auth\/callback/)
    assertFound(result, /^failed discord\.sessions: 0 of 1000 session starts are left/)
  })

  test('a clock that differs from Discord’s', async (t) => {
    // The time of each response, not that of the start: a busy machine may need seconds in between.
    const response = {
      get date() {
        return new Date(Date.now() - 3600_000).toUTCString()
      },
    }
    const url = await startProxy(t, sim.url, { response })
    const broken = await installation(t, { DISCORD_API_URL: `${url}/api/v10` })
    assertFound(await check(broken), /^warning clock: The clock is 3(599|60\d) s ahead of Discord's/)
  })

  test('a port that another program has, and another guildhall', async (t) => {
    const broken = await installation(t)
    const taken = createServer((socket) => socket.on('error', () => {}).resume().end('HTTP/1.0 200 OK\r\n\r\nhello')).listen(broken.env.PORT, '127.0.0.1')
    await once(taken, 'listening')
    assertFound(await check(broken), /^failed port: .*is taken by another program/)
    taken.close()
    await once(taken, 'close')
    await startGuildhall(t, sim, { env: { ...broken.env, JWT_SECRET: newSecret() }, directory: broken.directory })
    assertFound(await check(broken), /^failed port: Another guildhall, with another JWT_SECRET/)
    assertFound(await check(broken), /^warning url: A guildhall answers at PUBLIC_URL, but not with this JWT_SECRET/)
  })

  test('a PUBLIC_URL where something else answers, or nothing, or an untrusted certificate', async (t) => {
    const port = await freePort()
    await startNginx(t, port, 'location / { return 200 "hello"; }')
    assertFound(await check(await installation(t, { PUBLIC_URL: `https://127.0.0.1:${port}` })), /^failed url: .*certificate/)
    assertFound(await check(await installation(t, { PUBLIC_URL: sim.url })), /^failed url: Something else answers/)
    assertFound(await check(await installation(t)), /^failed url: PUBLIC_URL does not answer from here/)
  })

  test('a reverse proxy that is not trusted, changes the Host and stops WebSockets', async (t) => {
    const behind = await installation(t)
    await startGuildhall(t, sim, { env: behind.env, directory: behind.directory })
    const url = await startProxy(t, behind.env.PUBLIC_URL, { request: { 'x-forwarded-for': '203.0.113.9' } })
    const result = await check({ ...behind, env: { ...behind.env, PUBLIC_URL: url } })
    assertFound(result, /^warning proxy: The proxy at 127\.0\.0\.1 is not trusted.*TRUSTED_PROXIES=127\.0\.0\.1/)
    assertFound(result, /^warning proxy: The proxy passes on the Host/)
    assertFound(result, /^warning websocket: No WebSocket passes/)
  })

  test('a machine on which no script runs', async (t) => {
    const broken = await installation(t, { GUILDHALL_VM: '/nonexistent/guildhall-vm' })
    assertFound(await check(broken), /^warning sandbox: Scripts are off: .*docs\/sandbox\.md/)
  })

  test('a MariaDB that refuses the password, lacks grants, or is too small', async (t) => {
    const server = prepare(await startMariaDb(t, { args: ['--max-allowed-packet=1M'] }))
    server.createUser('runner', 'runs', 'guildhall-test-%', grantsToRun)
    server.createUser('reader', 'reads', 'guildhall-test-%', 'SELECT')
    const database = freshDatabase(server)
    const checkAs = async (variables) => check(await installation(t, { ...database, ...variables }))
    const wrong = await checkAs({ DB_PASS: 'no-such-password' })
    assertFound(wrong, /^failed database: .*DB_USER/)
    const runner = await checkAs({ DB_USER: 'runner', DB_PASS: 'runs' })
    assertFound(runner, /^warning database\.grants: .*lacks ALTER, CREATE, DROP, INDEX, REFERENCES/)
    assertFound(runner, /^warning database\.packet: .*1048576 bytes/)
    assertFound(runner, /^warning database: The schema lacks \d+ migrations/)
    assertFound(await checkAs({ DB_USER: 'reader', DB_PASS: 'reads' }), /^failed database\.grants: DB_USER lacks DELETE, INSERT, UPDATE/)
    assert.ok(!wrong.output.includes('no-such-password') && !wrong.output.includes(account.password))
  })
})

test('ends in time when no host answers', async (t) => {
  // It takes connections and says nothing.
  const hole = createServer().listen(0, '127.0.0.1')
  await once(hole, 'listening')
  onEnd(t, () => hole.close())
  const sockets = []
  hole.on('connection', (socket) => sockets.push(socket.on('error', () => {})))
  onEnd(t, () => sockets.forEach((socket) => socket.destroy()))
  const url = `http://127.0.0.1:${hole.address().port}`
  const server = { DB_DIALECT: 'mariadb', DB_HOST: '127.0.0.1', DB_PORT: `${hole.address().port}` }
  const env = { DISCORD_API_URL: `${url}/api/v10`, PUBLIC_URL: url, PORT: `${hole.address().port}`, ...server }
  const started = Date.now()
  const result = await check(await installation(t, env))
  assert.ok(Date.now() - started < 15_000, `it took ${Date.now() - started} ms`)
  assertFound(result, /^failed discord: /)
  assertFound(result, /^failed url: /)
  assertFound(result, /^failed database: /)
  assertFound(result, /^failed port: /)
})

test('names no secret, whatever is wrong', async (t) => {
  const secrets = {
    JWT_SECRET: `${newSecret()},${newSecret()}`,
    DISCORD_CLIENT_SECRET: 'the-client-secret',
    DISCORD_BOT_TOKEN: 'the.bot.token',
    DB_PASS: 'the-database-password',
    HTTPS_PROXY: 'http://the-proxy-user:the-proxy-password@127.0.0.1:9',
  }
  const told = /the-client-secret|the\.bot\.token|the-database-password|the-proxy-user|the-proxy-password/
  const hidden = (output) => {
    assert.doesNotMatch(output, told)
    for (const key of secrets.JWT_SECRET.split(',')) assert.ok(!output.includes(key))
  }
  const mariadb = { DB_DIALECT: 'mariadb', DB_HOST: '127.0.0.1', DB_PORT: '9' }
  hidden((await check(await installation(t, { ...secrets, ...mariadb }))).output)
  hidden((await check(await installation(t, { ...secrets, DISCORD_API_URL: 'https://127.0.0.1:9/api' }))).output)
  // Secrets in variables of other kinds, and invalid ones.
  hidden((await check(await installation(t, { ...secrets, JWT_SECRET: secrets.DISCORD_BOT_TOKEN, HTTPS_PROXY: 'ftp://the-proxy-password@x' }))).output)
  hidden((await check(await installation(t, { ...secrets, PUBLIC_URL: sim.url, DISCORD_API_URL: `${sim.api}/the.bot.token` }))).output)
  const file = await installation(t)
  await writeFile(join(file.directory, '.env'), "DISCORD_BOT_TOKEN='the.bot.token' DB_PASS='the-database-password'\n")
  hidden((await check(file)).output)
})
