// Errors at the start: one line that names the setting, and exit code 1.
// @database
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, copyFile, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { lock, query, sqliteOnly } from '../harness/database.mjs'
import { environmentFor, newSecret, startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, guildhallBinary, root } from '../harness/paths.mjs'
import { run } from '../harness/program.mjs'
import { startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const directory = await freshDirectory(test)

const start = (env, args = []) =>
  run(guildhallBinary, args, { cwd: directory, env: { ...environmentFor(sim, directory), ...env } })

/** Asserts exit code 1 and a single line that matches `subject`. */
async function assertRefused(env, subject, args) {
  const { code, lines, output } = await start(env, args)
  assert.equal(code, 1, output)
  assert.equal(lines.filter((line) => subject.test(line)).length, 1, output)
  return lines.at(-1)
}

for (const [name, ...values] of [
  ['PORT', 'http', '65536', '-1'],
  ['HOST', 'not a host', '127.0.0.1:80'],
  ['PUBLIC_URL', 'guildhall.example', 'ftp://guildhall.example'],
  ['CORS_ORIGINS', '*', 'https://a.example/path', 'a.example'],
  ['TRUSTED_PROXIES', 'proxy', '10.0.0.0/33', '10.0.0.0/8,x'],
  ['JWT_SECRET', 'too-short-to-be-a-key', 'g'.repeat(64), 'ab'.repeat(31), `${'ab'.repeat(32)},${'cd'.repeat(20)}`],
  ['DISCORD_CLIENT_ID', 'guildhall', '18446744073709551616'],
  ['DISCORD_REDIRECT_URIS', 'callback', 'https://a.example/callback,nonsense'],
  ['DISCORD_API_URL', 'discord', 'ftp://discord.com/api/v10'],
  ['DISCORD_AUTHORIZE_URL', 'discord'],
  ['DISCORD_REQUESTS_PER_SECOND', '0'],
  ['DB_DIALECT', 'oracle', 'SQLite3'],
  ['DB_PORT', 'abc', '0'],
  ['ADMIN_USER_IDS', 'ada', '1,x', '18446744073709551616'],
  ['SHARDS', 'many', '0', '-1'],
  ['GATEWAY_COMPRESSION', 'gzip'],
  ['MESSAGE_COMMANDS', 'yes'],
  ['GATEWAY_INTENTS', 'ALL'],
  ['BOT_STATUS', 'away'],
  ['BOT_ACTIVITY', 'x'.repeat(129)],
  ['LOG_LEVEL', 'loud'],
  ['LOG_FORMAT', 'xml'],
  ['LOG_RETENTION_DAYS', 'forever', '-1'],
]) {
  for (const value of values) {
    test(`${name}=${value} stops the start`, async () => {
      const line = await assertRefused({ [name]: value }, new RegExp(`\\b${name}\\b`))
      assert.match(line, /expected|name the origins/)
      if (name === 'JWT_SECRET') for (const part of value.split(',')) assert.equal(line.includes(part), false)
    })
  }
}

for (const name of ['JWT_SECRET', 'DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET']) {
  test(`${name} is required`, () => assertRefused({ [name]: '' }, new RegExp(`\\b${name}\\b`)))
}

test('a missing JWT_SECRET is reported with a command to create one', async () => {
  assert.match(await assertRefused({ JWT_SECRET: '' }, /JWT_SECRET/), /openssl rand -hex 32/)
})

test('no secret is ever printed, even when everything is', async (t) => {
  const hall = await startGuildhall(t, sim, { env: { LOG_LEVEL: 'debug' } })
  await hall.stop()
  for (const name of ['JWT_SECRET', 'DISCORD_CLIENT_SECRET', 'DISCORD_BOT_TOKEN']) {
    assert.equal(hall.program.output.includes(hall.env[name]), false, name)
  }
})

test('an unknown option is reported', async () => {
  const { code, output } = await start({}, ['--nonsense'])
  assert.notEqual(code, 0)
  assert.match(output, /nonsense/)
})

test('--help lists the options and every variable', async () => {
  const { code, output } = await run(guildhallBinary, ['--help'], { cwd: directory })
  assert.equal(code, 0)
  for (const word of ['--env-file', '--demo', '--env-example', ...(await declaredVariables())]) {
    assert.ok(output.includes(word), word)
  }
})

test('--version prints a version', async () => {
  const { code, output } = await run(guildhallBinary, ['--version'], { cwd: directory })
  assert.equal(code, 0)
  assert.match(output, /\d+\.\d+\.\d+/)
})

test('--env-example is the .env.example of the project', async () => {
  const { output } = await run(guildhallBinary, ['--env-example'], { cwd: directory })
  assert.equal(output.trimEnd(), (await readFile(join(root, '.env.example'), 'utf8')).trimEnd())
})

async function declaredVariables() {
  const text = await readFile(join(root, '.env.example'), 'utf8')
  return [...text.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name)
}

test('an env file is read, and the environment wins over it', async (t) => {
  const own = await freshDirectory(t)
  const file = join(own, 'settings.env')
  await writeFile(file, `# settings\nLOG_LEVEL=loud\nPUBLIC_URL="https://from.file.example"\n`)
  await assertRefused({}, /LOG_LEVEL/, ['--env-file', file])
  const hall = await startGuildhall(t, sim, { env: { LOG_LEVEL: 'info' }, args: ['--env-file', file] })
  const login = await hall.get('/api/auth/login')
  const target = new URL(login.header('location'))
  assert.equal(target.searchParams.get('redirect_uri'), 'https://from.file.example/api/auth/callback')
})

test('a missing or malformed env file stops the start', async (t) => {
  await assertRefused({}, /nowhere\.env/, ['--env-file', join(directory, 'nowhere.env')])
  const file = join(await freshDirectory(t), 'broken.env')
  await writeFile(file, 'this is no assignment\n')
  await assertRefused({}, /broken\.env/, ['--env-file', file])
})

test('the demo creates its own secret, readable only by its owner', async (t) => {
  const own = await freshDirectory(t)
  const env = { JWT_SECRET: '', DISCORD_CLIENT_ID: '', DISCORD_CLIENT_SECRET: '', DISCORD_BOT_TOKEN: '' }
  const file = join(own, 'data/jwt_secret')
  const startDemo = () => startGuildhall(t, sim, { env, args: ['--demo'], directory: own })
  const hall = await startDemo()
  const secret = (await readFile(file, 'utf8')).trim()
  assert.match(secret, /^[0-9a-f]{64}$/)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal(hall.program.output.includes(secret), false)
  await hall.stop()
  await startDemo()
  assert.equal((await readFile(file, 'utf8')).trim(), secret)
})

test('a port that is taken stops the start', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address()
    await assertRefused({ PORT: `${port}` }, new RegExp(`\\b${port}\\b`))
  } finally {
    server.close()
  }
})

/** A database file that a guildhall has migrated. */
async function database(t) {
  const hall = await startGuildhall(t, sim, { synced: false })
  await hall.stop()
  return hall.env.DB_STORAGE
}

test('a file that is not a database stops the start', sqliteOnly, async (t) => {
  const file = join(await freshDirectory(t), 'letters.db')
  await writeFile(file, 'Dear Ada, '.repeat(1000))
  await assertRefused({ DB_STORAGE: file }, /letters\.db/)
  assert.match(await readFile(file, 'utf8'), /^Dear Ada/)
})

test('a database that another program has locked stops the start', sqliteOnly, async (t) => {
  const file = await database(t)
  await lock(t, { DB_STORAGE: file }, 'EXCLUSIVE')
  assert.match(await assertRefused({ DB_STORAGE: file }, /guildhall\.db/), /lock/i)
})

test('a database with a newer schema stops the start and is not changed', sqliteOnly, async (t) => {
  const file = await database(t)
  raiseSchema(file)
  const before = await readFile(file)
  assert.match(await assertRefused({ DB_STORAGE: file }, /guildhall\.db/), /newer/i)
  assert.ok(before.equals(await readFile(file)))
})

/** Marks the database as migrated by a later guildhall. */
function raiseSchema(file) {
  query(
    { DB_STORAGE: file },
    'INSERT INTO schema_migrations (number, name, applied_at) SELECT max(number) + 1, name, applied_at FROM schema_migrations',
  )
}

test('a missing directory stops the start', sqliteOnly, async () => {
  await assertRefused({ DB_STORAGE: join(directory, 'missing/guildhall.db') }, /\/missing\b/)
})

test('a directory in place of the file stops the start', sqliteOnly, () =>
  assertRefused({ DB_STORAGE: directory }, /guildhall-test-/))

test('a read-only database stops the start', sqliteOnly, async (t) => {
  const file = await database(t)
  const place = dirname(file)
  const program = join(place, 'guildhall')
  await copyFile(guildhallBinary, program)
  await chmod(place, 0o555)
  await chmod(file, 0o444)
  // Root may write anywhere, so it is started as nobody.
  const nobody = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {}
  const env = { ...environmentFor(sim, place), DB_STORAGE: file }
  const { code, lines, output } = await run(program, [], { cwd: '/', env, ...nobody })
  await chmod(place, 0o755)
  assert.equal(code, 1, output)
  assert.equal(lines.filter((line) => /guildhall\.db/.test(line)).length, 1, output)
})

test('the database file is not for others to read', sqliteOnly, async (t) => {
  assert.equal((await stat(await database(t))).mode & 0o077, 0)
})

test('DB_STORAGE=:memory: works', sqliteOnly, async (t) => {
  const hall = await startGuildhall(t, sim, { env: { DB_STORAGE: ':memory:', JWT_SECRET: newSecret() } })
  assert.equal((await hall.get('/readyz')).status, 200)
})
