// guildhall backup FILE: copies the SQLite database while guildhall runs.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { environmentFor, startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, guildhallBinary } from '../harness/paths.mjs'
import { run } from '../harness/program.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const sqlite = (file, sql) => execFileSync('sqlite3', [file, sql], { encoding: 'utf8' }).trim()

/** A guildhall on SQLite, regardless of TEST_DB_DIALECT, and a folder for copies. */
async function start(scope) {
  const directory = await freshDirectory(scope)
  const file = { DB_DIALECT: 'sqlite', DB_STORAGE: join(directory, 'guildhall.db') }
  const hall = await startGuildhall(scope, sim, { directory, env: file })
  return { hall, copies: await freshDirectory(scope) }
}

const backUp = (env, cwd, ...args) => run(guildhallBinary, ['backup', ...args], { cwd, env })

test('a backup during writes is consistent and has all rows answered before it', async (t) => {
  const { hall, copies } = await start(t)
  const token = await hall.login(sim, people.ada)
  const path = `/api/guilds/${guilds.workshop}/commands`
  let made = 0
  let writing = true
  const writer = (async () => {
    while (writing && made < 900) {
      const body = { trigger: `c${made}`, response: { content: 'x'.repeat(1000) } }
      const answer = await hall.post(path, { token, body })
      assert.equal(answer.status, 201, answer.text)
      ++made
    }
  })()
  for (let i = 0; i < 5; ++i) {
    const before = made
    const copy = join(copies, `copy${i}.db`)
    const { code, output } = await backUp(hall.env, copies, copy)
    assert.equal(code, 0, output)
    assert.ok(made > before || made === 900, 'writes go on during a backup')
    assert.match(output, new RegExp(`^Wrote ${copy}: \\d+ bytes, schema \\d+, checked\\.$`, 'm'))
    assert.equal(sqlite(copy, 'PRAGMA integrity_check'), 'ok')
    const rows = Number(sqlite(copy, 'SELECT COUNT(*) FROM commands'))
    assert.ok(rows >= before && rows <= made + 1, `${before} <= ${rows} <= ${made + 1}`)
    assert.equal((await stat(copy)).mode & 0o777, 0o600)
  }
  writing = false
  await writer
  assert.deepEqual((await readdir(copies)).sort(), [0, 1, 2, 3, 4].map((i) => `copy${i}.db`))
})

test('guildhall starts on a backup', async (t) => {
  const { hall, copies } = await start(t)
  await hall.login(sim, people.ada)
  const { code, output } = await backUp(hall.env, copies, 'copy.db')
  assert.equal(code, 0, output)
  await hall.stop()
  const restored = { ...hall.env, DB_STORAGE: join(copies, 'copy.db') }
  const again = await startGuildhall(t, sim, { env: restored })
  assert.equal((await again.get('/readyz')).status, 200)
  assert.equal(sqlite(restored.DB_STORAGE, 'SELECT username FROM users'), 'ada')
})

test('an existing file is replaced only with --overwrite', async (t) => {
  const { hall, copies } = await start(t)
  const copy = join(copies, 'copy.db')
  await writeFile(copy, 'mine')
  const refused = await backUp(hall.env, copies, copy)
  assert.equal(refused.code, 1)
  assert.match(refused.output, /--overwrite/)
  assert.equal((await stat(copy)).size, 4)
  const written = await backUp(hall.env, copies, copy, '--overwrite')
  assert.equal(written.code, 0, written.output)
  assert.equal(sqlite(copy, 'PRAGMA integrity_check'), 'ok')
  assert.deepEqual(await readdir(copies), ['copy.db'])
})

test('on MariaDB it names mariadb-dump', async (t) => {
  const directory = await freshDirectory(t)
  const env = { ...environmentFor(sim, directory), DB_DIALECT: 'mariadb' }
  const { code, lines, output } = await backUp(env, directory, 'copy.sql')
  assert.equal(code, 1, output)
  assert.equal(lines.length, 1, output)
  assert.match(lines[0], /mariadb-dump/)
})
