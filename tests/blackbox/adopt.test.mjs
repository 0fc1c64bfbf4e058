// guildhall migrate --adopt: a database that Sequelize made becomes guildhall's, with all its rows.
// @database
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { account, contents, dialect, query } from '../harness/database.mjs'
import { environmentFor, startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, guildhallBinary, root } from '../harness/paths.mjs'
import { Program, run } from '../harness/program.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)

/** The environment of a guildhall with its own empty database. */
async function settings(scope) {
  const directory = await freshDirectory(scope)
  return { directory, env: { ...environmentFor(sim, directory), LOG_RETENTION_DAYS: '0' } }
}

/** The same with the database of a bot on Sequelize. */
async function sequelizeDatabase(scope) {
  const made = await settings(scope)
  if (dialect === 'sqlite') {
    const input = await readFile(join(root, 'tests/sequelize/sqlite.sql'), 'utf8')
    execFileSync('sqlite3', [made.env.DB_STORAGE], { input })
  } else {
    const { makeOnMariaDb } = await import('../sequelize/models.mjs')
    await makeOnMariaDb({ port: Number(made.env.DB_PORT), ...account, database: made.env.DB_NAME })
  }
  return made
}

const migrate = ({ directory, env }, ...args) => run(guildhallBinary, ['migrate', ...args], { cwd: directory, env })

async function assertMigrated(database, ...args) {
  const { code, output } = await migrate(database, ...args)
  assert.equal(code, 0, output)
  return output
}

/** Asserts exit code 1 and one sentence that matches `why`. */
async function assertRefused(ended, why) {
  const { code, lines, output } = await ended
  assert.equal(code, 1, output)
  assert.equal(lines.length, 1, output)
  assert.match(lines[0], why)
}

/** A value that is equal as long as the database has the same content. */
async function state({ env }) {
  const held = (await contents(env)).toString('latin1').replace(/^-- Dump completed .*$/m, '')
  return createHash('sha256').update(held).digest('hex')
}

/** The numbers of rows read, adopted and skipped, by table. */
function counts(output) {
  const rows = [...output.matchAll(/^ {2}(\w+): (\d+) rows? read, (\d+) .*taken over, (\d+) .*left$/gm)]
  return Object.fromEntries(rows.map(([, table, ...numbers]) => [table, numbers.map(Number)]))
}

const expected = {
  users: [3, 2, 1],
  roles: [2, 2, 0],
  user_roles: [4, 3, 1],
  guilds: [3, 3, 0],
  commands: [11, 5, 6],
  logs: [5, 4, 1],
}

test('a start on such a database says to run migrate, and changes nothing', async (t) => {
  const database = await sequelizeDatabase(t)
  const before = await state(database)
  const { directory: cwd, env } = database
  await assertRefused(run(guildhallBinary, [], { cwd, env }), /Sequelize.*`guildhall migrate --adopt`/)
  await assertRefused(migrate(database), /`guildhall migrate --adopt`/)
  assert.equal(await state(database), before)
})

test('--dry-run says what would be done, and changes nothing', async (t) => {
  const database = await sequelizeDatabase(t)
  const before = await state(database)
  const foretold = await assertMigrated(database, '--adopt', '--dry-run')
  assert.deepEqual(counts(foretold), expected)
  assert.equal(await state(database), before)
  const reasons = (output) => output.split('\n').filter((line) => /^ {4}/.test(line))
  assert.deepEqual(reasons(await assertMigrated(database, '--adopt')), reasons(foretold))
})

test('adopted data is served', async (t) => {
  const database = await sequelizeDatabase(t)
  const output = await assertMigrated(database, '--adopt')
  assert.deepEqual(counts(output), expected)
  for (const secret of ['plain-refresh', 'plain-access']) assert.equal(output.includes(secret), false)
  const hall = await startGuildhall(t, sim, database)

  const token = await hall.login(sim, people.ada)
  const me = (await hall.get('/api/users/me', { token })).body
  assert.equal(me.createdAt, '2024-01-31T12:34:56.000Z')
  assert.deepEqual(me.roles, [{ id: '1', name: 'USER' }, { id: '2', name: 'ADMIN' }])

  const guild = (await hall.get(`/api/guilds/${guilds.workshop}?scripts=1`, { token })).body
  assert.equal(guild.prefix, '?')
  assert.equal(guild.language, 'en-GB')
  assert.equal(guild.createdAt, '2024-01-31T12:34:56.000Z')
  assert.deepEqual(
    guild.commands
      .map(({ id, trigger, response, interaction }) => [id, trigger, response.content, interaction])
      .reverse(),
    [
      ['11', 'hello👋', 'Hello 🎉 ${1}', null],
      ['12', 'Hello👋', 'case matters', "interaction.reply('hi')"],
      ['18', 'twice', 'encoded twice', null],
      ['19', 'tts', 'spoken', null],
    ],
  )
  const answer = await hall.post(`/api/guilds/${guilds.workshop}/commands`, {
    token,
    body: { trigger: 'new', response: { content: 'as ever' } },
  })
  assert.equal(answer.status, 201, answer.text)
  assert.ok(Number(answer.body.id) > 20)

  const { logs } = (await hall.get('/api/logs?level=error&limit=200', { token })).body
  const { message, timestamp, stacktrace } = logs.at(-1)
  assert.deepEqual(
    { message, timestamp, stacktrace },
    {
      message: 'It broke 💥',
      timestamp: '2026-01-30T12:34:56.001Z',
      stacktrace: 'Error: It broke\n    at bot.js:1:1',
    },
  )
})

test('all data is kept except tokens stored in plain text', async (t) => {
  const database = await sequelizeDatabase(t)
  const tables = ['users', 'roles', 'user_roles', 'guilds', 'commands', 'logs']
  const columns = { users: 'id, username, global_name, avatar, email, locale, created_at, updated_at' }
  const dump = (prefix) => tables.map((name) => query(database.env, `SELECT ${columns[name] ?? '*'} FROM ${prefix}${name}`))
  const before = dump('')
  await assertMigrated(database, '--adopt')
  assert.deepEqual(dump('sequelize_'), before)
  const held = await contents(database.env)
  for (const secret of ['plain-refresh', 'plain-access']) assert.equal(held.includes(secret), false, secret)
  const sealed = query(database.env, "SELECT refresh_token FROM users WHERE username = 'ada'")
  assert.match(sealed, /^eyJ/, 'a token that is kept sealed')
})

test('it can be killed at any moment and run again', async (t) => {
  const database = await sequelizeDatabase(t)
  for (let i = 0; i < 8; ++i) {
    query(database.env, 'INSERT INTO logs (level, message, date) SELECT level, message, date FROM logs')
  }
  const { directory: cwd, env } = database
  let kills = 0
  for (let end, delay = 10; end?.code !== 0; delay *= 1.7) {
    const program = new Program(guildhallBinary, ['migrate', '--adopt'], { cwd, env })
    const timer = setTimeout(() => program.kill(), delay)
    end = await program.ended
    clearTimeout(timer)
    if (end.signal === 'SIGKILL') ++kills
    // The previous one may have been killed after it had finished, before it reported so.
    else if (kills > 0 && /is guildhall's already/.test(program.output)) break
    else assert.equal(end.code, 0, program.output)
  }
  assert.ok(kills > 0)
  assert.equal(query(env, 'SELECT COUNT(*) FROM logs'), `${4 * 2 ** 8}`)
  assert.equal(query(env, 'SELECT COUNT(*) FROM sequelize_logs'), `${5 * 2 ** 8}`)
  assert.equal(query(env, 'SELECT COUNT(*) FROM commands'), '5')
  assert.match(query(env, "SELECT refresh_token FROM users WHERE username = 'ada'"), /^eyJ/)
  t.diagnostic(`${kills} kills`)
})

test('a database of guildhall, an empty one and an unknown one are left unchanged', async (t) => {
  const ours = await settings(t)
  assert.match(await assertMigrated(ours, '--dry-run'), /^To be applied: 1 tables$/m)
  assert.match(await assertMigrated(ours), /^Applied: 1 tables$/m)
  assert.match(await assertMigrated(ours), /up to date/)
  await assertRefused(migrate(ours, '--adopt'), /guildhall's already/)

  const empty = await settings(t)
  await assertRefused(migrate(empty, '--adopt'), /nothing to take over|no database/)

  const others = await settings(t)
  query(others.env, 'CREATE TABLE users (login VARCHAR(10)); CREATE TABLE guilds (id INTEGER, name VARCHAR(10))')
  const before = await state(others)
  await assertRefused(migrate(others, '--adopt'), /its table users has no column id/)
  await assertRefused(migrate(others), /somebody else's/)
  assert.equal(await state(others), before)
})
