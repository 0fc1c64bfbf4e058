// The database of each guildhall under test, whichever TEST_DB_DIALECT says it is.
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

/** Options of a test that is about the file in which SQLite keeps all. */
export const aboutTheFile = { skip: dialect !== 'sqlite' && "is about SQLite's file" }

/** The user that guildhalls under test log in as. */
export const account = { user: 'guildhall', password: "gu'ild\\hall 'pass" }

/** The server of this run, which with_mariadb.mjs has started, or one for this test file. */
async function sharedServer() {
  if (process.env.TEST_MARIADB) return new MariaDb(JSON.parse(process.env.TEST_MARIADB))
  return prepare(await startMariaDb(test))
}

/** Gives a server the user that guildhalls under test log in as. */
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

/** The settings of a database that goes with `directory`: the same for the same one. */
export function databaseFor(directory) {
  if (!server) return { DB_DIALECT: 'sqlite', DB_STORAGE: join(directory, 'guildhall.db') }
  const name = basename(directory)
  if (!made.has(name)) server.createDatabase(name)
  made.add(name)
  return server.environment(name, account)
}

/** Runs statements in the database of a guildhall with this environment; answers rows, with tabs between columns. */
export function query(env, statements) {
  if (server) return server.sql(statements, { database: env.DB_NAME })
  return execFileSync('sqlite3', ['-separator', '\t', env.DB_STORAGE, statements], { encoding: 'utf8' }).trimEnd()
}

const tables = (env) =>
  server
    .sql(`SELECT table_name FROM information_schema.tables WHERE table_schema = '${env.DB_NAME}'`)
    .split('\n')
    .map((name) => `\`${name}\``)

/** Everything that the database holds, as bytes. */
export async function contents(env) {
  if (server) {
    const login = ['--user=root', `--socket=${server.socket}`]
    return execFileSync('mariadb-dump', ['--no-defaults', ...login, env.DB_NAME], { maxBuffer: 1 << 28 })
  }
  const directory = dirname(env.DB_STORAGE)
  return Buffer.concat(await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name)))))
}

/** That the database finds no fault with what it holds. */
export function assertIntact(env) {
  const checked = server ? query(env, `CHECK TABLE ${tables(env)}`).split('\n') : [query(env, 'PRAGMA integrity_check')]
  for (const line of checked) assert.match(line, /\bok$/i)
}

/** Another program keeps the database from being written to, or SQLite's from being used at all, until `end()`. */
export async function hold(scope, env, how = 'IMMEDIATE') {
  if (server) return server.session(scope, `LOCK TABLES ${tables(env).map((name) => `${name} READ`)}`, env.DB_NAME)
  const holder = spawn('sqlite3', [env.DB_STORAGE], { stdio: ['pipe', 'pipe', 'inherit'] })
  onEnd(scope, () => holder.kill())
  const locking = how === 'EXCLUSIVE' ? 'PRAGMA locking_mode=EXCLUSIVE;\n' : ''
  holder.stdin.write(`${locking}BEGIN ${how};\nSELECT 'held';\n`)
  const shown = holder.stdout.iterator({ destroyOnReturn: false })
  for await (const chunk of shown) if (`${chunk}`.includes('held')) break
  return { end: () => once(holder.stdin.end() && holder, 'close') }
}
