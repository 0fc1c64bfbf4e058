// A database that fails while it is used: readiness says so, no write is answered and lost, and all heals by itself.
// @long
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { open, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { onEnd } from '../harness/cleanup.mjs'
import { query, sqliteOnly } from '../harness/database.mjs'
import { environmentFor, startGuildhall } from '../harness/guildhall.mjs'
import { request } from '../harness/http.mjs'
import { freshDirectory, guildhallBinary } from '../harness/paths.mjs'
import { Program } from '../harness/program.mjs'
import { guilds, people, redirectUri, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const commands = `/api/guilds/${guilds.workshop}/commands`
let made = 0
const create = (hall, token, script) =>
  hall.post(commands, {
    token,
    body: { trigger: `c${++made}`, response: { content: 'x' }, interaction: script },
  })
const script = `/* ${'x'.repeat(60_000)} */`

async function databaseHealth(hall) {
  const { status, body } = await hall.get('/readyz')
  return { status, ...body.database }
}
const becomes = (hall, wanted) =>
  until(async () => {
    const health = await databaseHealth(hall)
    return health.status === wanted && health
  }, `readyz to be ${wanted}`)

/** A small file system of its own; null where this test may not mount one. */
async function smallDisk(scope, megabytes) {
  const directory = await freshDirectory(scope)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory], { stdio: 'pipe' })
  } catch {
    return null
  }
  onEnd(scope, () => execFileSync('umount', ['--lazy', directory]))
  return directory
}

test('a full disk: writes are 503 and so is readyz, until there is space again', sqliteOnly, async (t) => {
  const disk = await smallDisk(t, 16)
  if (!disk) return t.skip('no right to mount a tmpfs')
  const hall = await startGuildhall(t, sim, { env: { DB_STORAGE: join(disk, 'guildhall.db') } })
  const token = await hall.login(sim, people.ada)
  assert.equal((await create(hall, token, script)).status, 201)
  assert.equal((await databaseHealth(hall)).state, 'up')

  execFileSync('sh', ['-c', `head -c 32M /dev/zero >${join(disk, 'filler')} 2>/dev/null || true`])
  // A small write may still fit into space that SQLite has already; each large one fails.
  const { state, reason } = await until(async () => {
    if ((await create(hall, token, script)).status !== 503) return undefined
    const health = await databaseHealth(hall)
    return health.status === 503 && health
  }, 'the disk to be full')
  assert.equal(state, 'down')
  assert.match(reason, /full/)
  assert.ok(!reason.includes(disk), 'no path of the machine')
  assert.equal((await hall.get(commands, { token })).status, 200, 'reads go on')

  await rm(join(disk, 'filler'))
  await becomes(hall, 200)
  assert.equal((await create(hall, token, script)).status, 201)
})

test('a limit on file sizes: the same, and the program lives', sqliteOnly, async (t) => {
  const directory = await freshDirectory(t)
  const env = environmentFor(sim, directory)
  const limited = new Program('/bin/sh', ['-c', `ulimit -f 2048; exec ${guildhallBinary}`], { cwd: directory, env })
  onEnd(t, () => limited.stop())
  const port = await limited.line((line) => line.includes('"Listening"') && JSON.parse(line).port, 'the port')
  const ask = (method, path, options) => request(method, `http://127.0.0.1:${port}${path}`, options)
  await until(async () => (await ask('GET', '/readyz')).status === 200, 'it to be ready')
  const { code } = await sim.authorize(people.ada)
  const login = await ask('POST', '/api/auth/token', { body: { code, redirect_uri: redirectUri } })
  const { token } = login.body
  let answer
  for (let i = 0; i < 60 && answer?.status !== 503; ++i) {
    answer = await ask('POST', commands, {
      token,
      body: { trigger: `f${i}`, response: { content: 'x' }, interaction: script },
    })
  }
  assert.equal(answer.status, 503, answer.text)
  await until(async () => (await ask('GET', '/readyz')).status === 503, 'readyz to be 503')
  assert.equal(limited.end, undefined)
})

test('nobody writes: readyz finds out by itself', sqliteOnly, async (t) => {
  const hall = await startGuildhall(t, sim)
  const { DB_STORAGE } = hall.env
  await rename(`${DB_STORAGE}-wal`, `${DB_STORAGE}-moved`)
  await until(async () => /-wal file is gone/.test((await databaseHealth(hall)).reason), 'readyz to say it')
  assert.equal((await databaseHealth(hall)).status, 503)
  await rename(`${DB_STORAGE}-moved`, `${DB_STORAGE}-wal`)
  await becomes(hall, 200)
})

/** Damages what `offset` has, and returns how to repair it. */
async function damage(path, offset, length) {
  const file = await open(path, 'r+')
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, offset)
  await file.write(Buffer.alloc(length, 0xa5), 0, length, offset)
  await file.close()
  return async () => {
    const again = await open(path, 'r+')
    await again.write(buffer, 0, length, offset)
    await again.close()
  }
}

test('a damaged file: readyz is 503 although other pages can be read, and heals', sqliteOnly, async (t) => {
  const hall = await startGuildhall(t, sim)
  const token = await hall.login(sim, people.ada)
  for (let i = 0; i < 20; ++i) assert.equal((await create(hall, token, script)).status, 201)
  query(hall.env, 'PRAGMA wal_checkpoint(TRUNCATE)')
  const root = Number(query(hall.env, "SELECT rootpage FROM sqlite_master WHERE name = 'commands'"))
  const size = Number(query(hall.env, 'PRAGMA page_size'))
  const repair = await damage(hall.env.DB_STORAGE, (root - 1) * size, size)
  // What is cached is answered until its lifetime ends.
  await until(async () => (await hall.get(commands, { token })).status === 503, 'reads to fail')
  const { reason } = await becomes(hall, 503)
  assert.match(reason, /damaged/)
  for (let i = 0; i < 3; ++i) assert.equal((await databaseHealth(hall)).state, 'down', 'a ping does not heal it')
  await repair()
  await becomes(hall, 200)
  await until(async () => (await hall.get(commands, { token })).status === 200, 'reads to work')
})

for (const [what, lose] of Object.entries({
  '-wal is unlinked': ({ path }) => unlink(`${path}-wal`),
  '-shm is unlinked': ({ path }) => unlink(`${path}-shm`),
  '-wal is replaced by a copy': async ({ path }) => {
    const bytes = await readFile(`${path}-wal`)
    await unlink(`${path}-wal`)
    await writeFile(`${path}-wal`, bytes)
  },
  'the directory is renamed': ({ folder }) => rename(folder, `${folder}-away`),
  'the database is replaced by a copy': async ({ path }) => {
    await rename(path, `${path}.bak`)
    await writeFile(path, await readFile(`${path}.bak`))
  },
})) {
  test(`${what}: no write is answered and lost`, sqliteOnly, async (t) => {
    const directory = await freshDirectory(t)
    const folder = join(directory, 'data')
    execFileSync('mkdir', [folder])
    const path = join(folder, 'guildhall.db')
    const hall = await startGuildhall(t, sim, { directory, env: { DB_STORAGE: path } })
    const token = await hall.login(sim, people.ada)
    assert.equal((await create(hall, token)).status, 201)
    await lose({ path, folder })
    const answer = await create(hall, token)
    assert.equal(answer.status, 503, answer.text)
    assert.match((await becomes(hall, 503)).reason, /gone|replaced/)
    assert.ok(!(await stat(path).catch(() => null)) || (await stat(path)).size > 0, 'nothing new in its place')
  })
}

test('what was answered before -wal was unlinked is there after a restart', sqliteOnly, async (t) => {
  const directory = await freshDirectory(t)
  const hall = await startGuildhall(t, sim, { directory })
  const token = await hall.login(sim, people.ada)
  const answer = await create(hall, token)
  assert.equal(answer.status, 201)
  await unlink(`${hall.env.DB_STORAGE}-wal`)
  await hall.stop()
  assert.equal(query(hall.env, `SELECT COUNT(*) FROM commands WHERE id = ${answer.body.id}`), '1')
})
