// Starting on MariaDB: migrations, errors at the start, sufficient grants, TLS, and settings of the server that must not
// matter.
// @long
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { account, freshDatabase, prepare } from '../harness/database.mjs'
import { environmentFor, newSecret, startGuildhall } from '../harness/guildhall.mjs'
import { documentedGrants, grantsToRun, makeCertificates, startMariaDb } from '../harness/mariadb.mjs'
import { freshDirectory, guildhallBinary, root } from '../harness/paths.mjs'
import { run } from '../harness/program.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const directory = await freshDirectory(test)
const certificates = makeCertificates(directory)
const [sim, server] = await Promise.all([startSimulator(test), startMariaDb(test, { tls: certificates }).then(prepare)])
const base = { ...environmentFor(sim, directory), JWT_SECRET: newSecret() }
const commands = `/api/guilds/${guilds.workshop}/commands`

const start = (t, env, options) => startGuildhall(t, sim, { env: { ...base, ...env }, ...options })
const rows = (env, statement) => server.sql(statement, { database: env.DB_NAME }).split('\n')
/** SHOW CREATE TABLE of each table, without its AUTO_INCREMENT. */
const tables = (env) =>
  rows(env, 'SHOW TABLES').map((name) => rows(env, `SHOW CREATE TABLE ${name}`)[0].replace(/ AUTO_INCREMENT=\d+/, ''))
/** The table that a migration creates. */
async function tableOfMigration(number) {
  const folder = join(root, 'src/database/migrations')
  const name = (await readdir(folder)).find((file) => Number.parseInt(file, 10) === number)
  return /^CREATE TABLE (\w+)/m.exec(await readFile(join(folder, name), 'utf8'))[1]
}

const versions = (env) => rows(env, 'SELECT number FROM schema_migrations ORDER BY number')

/** A database that a guildhall has migrated. */
async function migrated(t) {
  const env = freshDatabase(server)
  await (await start(t, env, { synced: false })).stop()
  return env
}

/** Asserts exit code 1 and one line about `subject` without secrets, and returns the line. */
async function assertRefused(env, subject) {
  const { code, lines, output } = await run(guildhallBinary, [], { cwd: directory, env: { ...base, ...env } })
  assert.equal(code, 1, output)
  assert.equal(lines.filter((line) => subject.test(line)).length, 1, output)
  assert.match(lines.at(-1), subject)
  for (const secret of [account.password, env.DB_PASS]) assert.equal(output.includes(secret), false, 'it is shown')
  return lines.at(-1)
}

/** Asserts that a guildhall can use its database. */
async function assertServes(hall, trigger = 'hello') {
  const token = await hall.login(sim, people.ada)
  const made = await hall.post(commands, { token, body: { trigger, response: { content: 'Hello 🦀' } } })
  assert.equal(made.status, 201, made.text)
  assert.equal((await hall.get(`${commands}/${made.body.id}`, { token })).text, made.text)
}

/** Creates a user with these grants on the database of `env`. */
function userWith(env, user, grants) {
  server.createUser(user, account.password, env.DB_NAME, grants)
  return { ...env, DB_USER: user }
}

test('three guildhalls that start concurrently on an empty database migrate it once', async (t) => {
  const env = freshDatabase(server)
  const halls = await Promise.all([1, 2, 3].map(() => start(t, env, { synced: false })))
  for (const [index, hall] of halls.entries()) await assertServes(hall, `hello${index}`)
  const applied = versions(env)
  assert.deepEqual(applied, applied.map((_, index) => `${index + 1}`))
})

test('a database with a newer schema stops the start and is not changed', async (t) => {
  const env = await migrated(t)
  const newer = versions(env).length + 1
  rows(env, `INSERT INTO schema_migrations VALUES (${newer}, 'later', '2026-01-01 00:00:00')`)
  const line = await assertRefused(env, /newer/)
  assert.match(line, new RegExp(`\\b${newer}\\b`))
  assert.equal(versions(env).length, newer)
})

test('a migration that fails half-way leaves the previous version unchanged', async (t) => {
  const env = await migrated(t)
  const last = versions(env).length
  const table = await tableOfMigration(last)
  rows(env, `ALTER TABLE ${table} RENAME TO set_aside; CREATE TABLE ${table} (id INT)`)
  rows(env, `DELETE FROM schema_migrations WHERE number = ${last}`)
  const untouched = () => rows(env, 'CHECKSUM TABLE users, guilds, commands, roles, user_roles, schema_migrations')
  const before = untouched()
  const line = await assertRefused(env, /schema|migration|change/)
  assert.match(line, new RegExp(table))
  assert.deepEqual(untouched(), before)
  assert.equal(versions(env).length, last - 1)

  rows(env, `DROP TABLE ${table}; DROP TABLE set_aside`)
  await assertServes(await start(t, env))
  assert.equal(versions(env).length, last)
})

test('a migration that ended half-way is finished by a later start', async (t) => {
  const whole = await migrated(t)
  const env = freshDatabase(server)
  // The first migration creates tables, and then an index.
  const halfway = userWith(env, 'halfway', 'SELECT, INSERT, UPDATE, DELETE, CREATE, REFERENCES')
  assert.match(await assertRefused(halfway, /\bhalfway\b/), /INDEX/)
  assert.ok(tables(env).length < tables(whole).length)
  await assertServes(await start(t, env))
  assert.deepEqual(tables(env), tables(whole))
})

const refusals = {
  'a wrong password': [{ DB_PASS: 'not the password' }, /DB_PASS/],
  'an unknown user': [{ DB_USER: 'nobody' }, /DB_USER/],
  'an unknown database': [{ DB_NAME: 'guildhall-test-nowhere' }, /guildhall-test-nowhere/],
  'a database of others': [{ DB_NAME: 'mysql' }, /mysql/],
  'a port where nothing listens': [{ DB_PORT: '1' }, /127\.0\.0\.1:1\b/],
  'a host that there is not': [{ DB_HOST: 'database.invalid' }, /database\.invalid/],
}

for (const [what, [env, subject]] of Object.entries(refusals)) {
  test(`${what} stops the start`, () => assertRefused({ ...freshDatabase(server), ...env }, subject))
}

test('where another user has migrated, the rights to read and write rows suffice', async (t) => {
  const env = freshDatabase(server)
  const bare = userWith(env, 'bare', grantsToRun)
  assert.match(await assertRefused(bare, /\bbare\b/), /right|grant/)
  const migrator = userWith(env, 'migrator', documentedGrants)
  await (await start(t, migrator)).stop()
  await assertServes(await start(t, bare))
})

test('tables are InnoDB and utf8mb4, whatever the server’s defaults are', async (t) => {
  const env = await migrated(t)
  const of = `table_schema = '${env.DB_NAME}'`
  assert.deepEqual(rows(env, `SELECT DISTINCT engine FROM information_schema.tables WHERE ${of}`), ['InnoDB'])
  const charsets = `SELECT DISTINCT character_set_name FROM information_schema.columns
    WHERE ${of} AND character_set_name IS NOT NULL`
  assert.deepEqual(rows(env, charsets), ['utf8mb4'])
})

/** A trigger that records the connection's settings whenever guildhall creates a command. */
function watchConnections(env) {
  rows(
    env,
    `CREATE TABLE seen (charset TEXT, zone TEXT, cipher TEXT);
     CREATE TRIGGER watch AFTER INSERT ON commands FOR EACH ROW
       INSERT INTO seen SELECT @@character_set_client, @@time_zone,
         (SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'Ssl_cipher')`,
  )
  const statement = "SELECT charset, zone, IF(cipher = '', 'plain', 'encrypted') FROM seen"
  return () => rows(env, statement).map((row) => row.split('\t'))
}

test('connections use utf8mb4 and UTC, whatever the server’s defaults are', async (t) => {
  const env = await migrated(t)
  const seen = watchConnections(env)
  await assertServes(await start(t, env))
  const [[charset, zone]] = seen()
  assert.equal(charset, 'utf8mb4')
  assert.match(zone, /^(\+00:00|UTC)$/)
})

test('a value that does not fit a column is refused, never truncated', async (t) => {
  const env = await migrated(t)
  rows(env, 'ALTER TABLE guilds MODIFY language VARCHAR(2) NOT NULL')
  const hall = await start(t, env)
  const token = await hall.login(sim, people.ada)
  const path = `/api/guilds/${guilds.workshop}`
  assert.equal((await hall.patch(path, { token, body: { language: 'de-AT' } })).status, 500)
  assert.equal((await hall.get(path, { token })).body.language, 'en')
})

test('TLS: with the right authority the connection is encrypted', async (t) => {
  const env = await migrated(t)
  const seen = watchConnections(env)
  await assertServes(await start(t, { ...env, DB_TLS_CA: certificates.ca }))
  assert.equal(seen()[0][2], 'encrypted')
})

const strangers = makeCertificates(await freshDirectory(test))
const distrusted = {
  'an authority that did not sign': { DB_TLS_CA: strangers.ca },
  'a file that is not there': { DB_TLS_CA: '/nonexistent/ca.pem' },
}

for (const [what, change] of Object.entries(distrusted)) {
  test(`TLS: ${what} stops the start`, () =>
    assertRefused({ ...freshDatabase(server), ...change }, /certificate|TLS|ca\.pem/))
}

test('TLS: a certificate for another name stops the start', async (t) => {
  const elsewhere = makeCertificates(await freshDirectory(t), 'DNS:elsewhere.example')
  const other = prepare(await startMariaDb(t, { tls: elsewhere }))
  await assertRefused({ ...freshDatabase(other), DB_TLS_CA: elsewhere.ca }, /certificate|TLS/)
})

test('TLS: a server that offers none stops the start', async (t) => {
  const plain = prepare(await startMariaDb(t))
  await assertRefused({ ...freshDatabase(plain), DB_TLS_CA: certificates.ca }, /TLS/)
})
