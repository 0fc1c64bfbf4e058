// The database of each guildhall under test, on the dialect that TEST_DB_DIALECT names.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import test from 'node:test'
import { onEnd } from './cleanup.mjs'
import { MariaDb, startMariaDb } from './mariadb.mjs'

export const dialect = process.env.TEST_DB_DIALECT ?? 'sqlite'
assert.ok(['sqlite', 'mariadb'].includes(dialect), `TEST_DB_DIALECT is ${dialect}`)

/** Options of a test that concerns SQLite's database file. */
export const sqliteOnly = { skip: dialect !== 'sqlite' && "is about SQLite's file" }

/** The database user of guildhalls under test. */
export const account = { user: 'guildhall', password: "gu'ild\\hall 'pass" }

/** The server that with_mariadb.mjs has started for this run, or a new one for this test file. */
async function sharedServer() {
  if (process.env.TEST_MARIADB) return new MariaDb(JSON.parse(process.env.TEST_MARIADB))
  return prepare(await startMariaDb(test))
}

/** Creates the user of guildhalls under test on a server. */
export function prepare(server) {
  server.createUser(account.user, account.password, 'guildhall-test-%')
  return server
}

let fresh = 0

/** The settings of a new, empty database on a server that was prepared. */
export function freshDatabase(server) {
  const name = `guildhall-test-${++fresh}`
  server.createDatabase(name)
  return server.environment(name, account)
}

const server = dialect === 'mariadb' ? await sharedServer() : undefined
const made = new Set()
if (server) onEnd(test, () => server.sql([...made].map((name) => `DROP DATABASE \`${name}\`;`).join('')))

/** The settings of the database for `directory`. The same directory gets the same database. */
export function databaseFor(directory) {
  if (!server) return { DB_DIALECT: 'sqlite', DB_STORAGE: join(directory, 'guildhall.db') }
  const name = basename(directory)
  if (!made.has(name)) server.createDatabase(name)
  made.add(name)
  return server.environment(name, account)
}

/** Runs statements in the database of a guildhall with this environment. Returns rows, with tabs between columns. */
export function query(env, statements) {
  if (server) return server.sql(statements, { database: env.DB_NAME })
  return execFileSync('sqlite3', ['-cmd', '.timeout 5000', '-separator', '\t', env.DB_STORAGE, statements], { encoding: 'utf8' }).trimEnd()
}

const tables = (env) =>
  server
    .sql(`SELECT table_name FROM information_schema.tables WHERE table_schema = '${env.DB_NAME}'`)
    .split('\n')
    .map((name) => `\`${name}\``)

/** The whole content of the database, as bytes. */
export async function contents(env) {
  if (server) {
    const login = ['--user=root', `--socket=${server.socket}`]
    return execFileSync('mariadb-dump', ['--no-defaults', ...login, env.DB_NAME], { maxBuffer: 1 << 28 })
  }
  const directory = dirname(env.DB_STORAGE)
  return Buffer.concat(await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name)))))
}

/** Asserts that the database's own integrity check passes. */
export function assertIntact(env) {
  const checked = server ? query(env, `CHECK TABLE ${tables(env)}`).split('\n') : [query(env, 'PRAGMA integrity_check')]
  for (const line of checked) assert.match(line, /\bok$/i)
}

/** Locks the database against writes, or with `EXCLUSIVE` an SQLite database against any use, until `end()`. */
export async function lock(scope, env, how = 'IMMEDIATE') {
  if (server) return server.session(scope, `LOCK TABLES ${tables(env).map((name) => `${name} READ`)}`, env.DB_NAME)
  const holder = spawn('sqlite3', [env.DB_STORAGE], { stdio: ['pipe', 'pipe', 'inherit'] })
  onEnd(scope, () => holder.kill())
  const locking = how === 'EXCLUSIVE' ? 'PRAGMA locking_mode=EXCLUSIVE;\n' : ''
  holder.stdin.write(`${locking}BEGIN ${how};\nSELECT 'held';\n`)
  const shown = holder.stdout.iterator({ destroyOnReturn: false })
  for await (const chunk of shown) if (`${chunk}`.includes('held')) break
  return { end: () => once(holder.stdin.end() && holder, 'close') }
}
