// The log in its table and at GET /api/logs.
// @database
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assertError, assertTimestamp } from '../harness/assertions.mjs'
import { dialect, lock, query } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory } from '../harness/paths.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const env = { ADMIN_USER_IDS: people.ada.id, LOG_LEVEL: 'http' }
const hall = await startGuildhall(test, sim, { env })
const token = await hall.login(sim, people.ada)

async function page(query = '', node = hall) {
  const answer = await node.get(`/api/logs?${query}`, { token })
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}

/** Waits for a row among the newest for which `matches` is true. */
const logged = (matches, what, node = hall) =>
  until(async () => (await page('limit=200', node)).logs.find(matches), what)

describe('GET /api/logs', () => {
  test('is for ADMIN', async () => {
    assertError(await hall.get('/api/logs'), 401)
    const mallory = await hall.login(sim, people.mallory)
    assertError(await hall.get('/api/logs', { token: mallory }), 403)
  })

  test('shows what is logged, a moment later', async () => {
    await hall.get('/its-own-path')
    const log = await logged(({ message }) => message.includes('path=/its-own-path'), 'the request')
    assert.equal(log.level, 'http')
    assert.equal(log.source, 'web')
    assert.match(log.message, /^Answered request=\S+ client=127\.0\.0\.1 method=GET path=\/its-own-path status=404 micros=\d+$/)
    assert.equal(Number.isSafeInteger(log.id), true)
    assertTimestamp(log.timestamp)
    assert.equal(log.log_type, 'default')
    assert.equal(log.log_time, log.timestamp.replace('T', ' ').replace('Z', ''))
    assert.equal('stacktrace' in log, false)
  })

  test('has pages without overlap or gap', async () => {
    for (let i = 0; i < 20; ++i) await hall.get('/healthz')
    const newest = await page('limit=1')
    const paged = []
    for (let { next } = newest; next !== null; ) {
      const part = await page(`limit=7&before=${next}`)
      assert.equal(part.logs.length === 7 || part.next === null, true)
      paged.push(...part.logs.map(({ id }) => String(id)))
      next = part.next
    }
    const rows = `SELECT id FROM logs WHERE id < ${newest.next} ORDER BY id DESC`
    assert.deepEqual(paged, query(hall.env, rows).split('\n'))
  })

  test('filters by minimum level and by source', async () => {
    const levels = new Set((await page('level=info&limit=200')).logs.map(({ level }) => level))
    assert.deepEqual([...levels], ['info'])
    assert.deepEqual((await page('level=error')).logs, [])
    const sources = new Set((await page('source=bot&limit=200')).logs.map(({ source }) => source))
    assert.deepEqual([...sources], ['bot'])
    assert.deepEqual(await page('source=nobody'), { logs: [], next: null })
  })

  test('treats an empty parameter as absent', async () => {
    assert.ok((await page('level=&source=&before=&limit=')).logs.length > 0)
  })

  for (const [query, field] of [
    ['level=loud', '/level'],
    ['level=WARN', '/level'],
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=ten', '/limit'],
    ['limit=1.5', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['before=-1', '/before'],
    ['before=yesterday', '/before'],
    ['before=99999999999999999999', '/before'],
    [`source=${'s'.repeat(65)}`, '/source'],
  ]) {
    test(`does not take ${query.slice(0, 20)}`, async () => {
      assertError(await hall.get(`/api/logs?${query}`, { token }), 422, { code: 'invalid', field })
    })
  }

  test('refuses an invalid query', async () => {
    assertError(await hall.get('/api/logs?level=%zz', { token }), 400)
  })
})

test('an unexpected exception is logged with the place where it was thrown', async (t) => {
  const broken = await startGuildhall(t, sim, { env: { ...env, JWT_SECRET: hall.env.JWT_SECRET } })
  await broken.login(sim, people.ada)
  // SQLite accepts any text as a time; MariaDB needs a lax SQL mode for that.
  if (dialect === 'mariadb') query(broken.env, 'ALTER TABLE guilds MODIFY created_at VARCHAR(40)')
  query(broken.env, `UPDATE guilds SET created_at = 'nonsense' WHERE id = ${guilds.workshop}`)
  const answer = await until(async () => {
    const shown = await broken.get(`/api/guilds/${guilds.workshop}`, { token })
    return shown.status === 500 && shown
  }, 'the broken row to be read')
  assertError(answer, 500, { code: 'internal_error' })
  const log = await logged(({ message }) => message.startsWith('A handler failed'), 'the failure', broken)
  assert.equal(log.level, 'error')
  assert.equal(log.log_type, 'error')
  assert.match(log.stacktrace, /^at guildhall::database::timestamp_from_column \(src\/database\/timestamp\.cpp:\d+\)$/m)
  const line = await broken.log(({ message }) => message === 'A handler failed', 'the failure')
  assert.equal(line.stacktrace, log.stacktrace)
})

test('everything logged is stored at shutdown, including the last line', async (t) => {
  const directory = await freshDirectory(t)
  // The script host logs at any time that it is ready.
  const first = await startGuildhall(t, sim, { env: { ...env, SCRIPTS: 'off' }, directory })
  await first.get('/before-the-end')
  await first.stop()
  const rows = query(first.env, 'SELECT message FROM logs ORDER BY id').split('\n')
  assert.ok(rows.some((row) => row.includes('/before-the-end')))
  assert.equal(rows.at(-1), 'Stopping')
})

test('old rows are removed in small steps', async (t) => {
  const directory = await freshDirectory(t)
  const first = await startGuildhall(t, sim, { env, directory })
  await first.stop()
  // Nothing is removed for a day after a start, unless the log tells that the clock goes on where it was.
  const before = Date.now() - 30 * 3600_000
  const vouches = `(${(before - Date.UTC(2025, 0, 1)) * 4096}, 'info', 'app', 'before', '${new Date(before).toISOString().slice(0, -1).replace('T', ' ')}')`
  const old = Array.from({ length: 1700 }, (_, n) => `(${n + 1}, 'info', 'app', 'old', '2025-01-01 00:00:00.000')`)
  query(first.env, `INSERT INTO logs (id, level, source, message, timestamp) VALUES ${old}, ${vouches}`)
  await startGuildhall(t, sim, { env: { ...env, LOG_RETENTION_DAYS: '1' }, directory })
  await until(() => query(first.env, "SELECT COUNT(*) FROM logs WHERE message = 'old'") === '0', 'old rows to go')
  assert.notEqual(query(first.env, "SELECT COUNT(*) FROM logs WHERE message = 'Stopping'"), '0')
})

test('no log row is lost while another program locks the database', async (t) => {
  const holder = await lock(t, hall.env)
  for (let i = 0; i < 30; ++i) assert.equal((await hall.get(`/held-${i}`)).status, 404)
  await hall.log(({ message }) => message === 'The database is away', 'the database to be away')
  assert.equal((await page('limit=200')).logs.some(({ message }) => message.includes('/held-')), false)
  await holder.end()
  await logged(({ message }) => message.includes('path=/held-29 '), 'the last line')
  const seen = (await page('limit=200')).logs.flatMap(({ message }) => /\/held-(\d+) /.exec(message)?.[1] ?? [])
  assert.deepEqual(
    seen,
    [...Array(30).keys()].reverse().map(String),
  )
})

test('a crash logs a stack trace', async (t) => {
  const victim = await startGuildhall(t, sim, { env })
  await victim.program.kill('SIGSEGV')
  assert.equal(victim.program.end.signal, 'SIGSEGV')
  const { lines, output } = victim.program
  const start = lines.findIndex((line) => /^guildhall crashed: SIGSEGV .*, sent by process \d+$/.test(line))
  assert.ok(start >= 0, output)
  const frames = lines.slice(start + 1).filter((line) => line.startsWith('at '))
  assert.ok(frames.length > 3, output)
  assert.ok(frames.some((line) => /^at guildhall::\S+ \(src\/\S+:\d+\)$/.test(line)), output)
})
