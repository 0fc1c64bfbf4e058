// SQLite and MariaDB give the same responses byte for byte, except times and tokens.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { freshDatabase, prepare } from '../harness/database.mjs'
import { newSecret, startGuildhall } from '../harness/guildhall.mjs'
import { startMariaDb } from '../harness/mariadb.mjs'
import { guilds, people, permissions, redirectUri, startSimulator } from '../harness/simulator.mjs'
import { freshDirectory } from '../harness/paths.mjs'
import { until } from '../harness/wait.mjs'

const [sim, server] = await Promise.all([startSimulator(test), startMariaDb(test).then(prepare)])
const largest = await sim.guild({ id: '18446744073709551615', name: 'Größte 🦀 Gilde' })
const odd = await sim.person({
  username: 'zoë',
  globalName: 'Zoë 🦀 "quoted" \\ back\'slash',
  avatar: 'a_0123456789abcdef0123456789abcdef',
})
await sim.member(guilds.workshop, odd, permissions.manageGuild)

const env = { JWT_SECRET: newSecret(), ADMIN_USER_IDS: people.ada.id }
const directory = await freshDirectory(test)
const onSqlite = { DB_DIALECT: 'sqlite', DB_STORAGE: `${directory}/guildhall.db` }
const onMariaDb = freshDatabase(server)
const halls = await Promise.all(
  [onSqlite, onMariaDb].map((database) => startGuildhall(test, sim, { env: { ...env, ...database } })),
)

/** Values that may differ between two responses to the same call. */
function normalise({ status, headers, text }) {
  const { date, 'x-request-id': request, ...rest } = headers
  assert.ok(date && request)
  const same = text
    .replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g, '"<time>"')
    .replaceAll(/"token":"[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+"/g, '"token":"<token>"')
  return { status, headers: rest, text: same }
}

/** Calls both and asserts equal responses. Returns the two responses, with which later calls are made. */
async function both(method, path, options = () => ({})) {
  const answers = await Promise.all(
    halls.map((hall, which) => hall.request(method, path, typeof options === 'function' ? options(which) : options)),
  )
  const [sqlite, mariadb] = answers.map(normalise)
  assert.deepEqual(mariadb, sqlite, `${method} ${path}`)
  return answers
}

/** Logs a person in on both and makes calls as that person. */
async function login(person) {
  const codes = [await sim.authorize(person), await sim.authorize(person)]
  const answers = await both('POST', '/api/auth/token', (which) => ({
    body: { code: codes[which].code, redirect_uri: redirectUri },
  }))
  let tokens = answers.map(({ body }) => body.token)
  const ask = (method, path, options = {}) =>
    both(method, path, (which) => ({ ...options, token: tokens[which] })).then(([answer]) => answer)
  ask.refresh = async () => {
    const answers = await both('POST', '/api/auth/refresh', (which) => ({ token: tokens[which] }))
    tokens = answers.map(({ body }) => body.token)
  }
  return ask
}

const ada = await login(people.ada)
const commandsOf = (id) => `/api/guilds/${id}/commands`
const content = { content: 'x' }

test('people and sessions', async () => {
  for (const path of ['/api/users/me', '/api/users/me/guilds', '/api/logs', '/readyz']) {
    await both('GET', path)
    await ada('GET', path === '/api/logs' ? '/api/logs?source=nobody' : path)
  }
  const zoe = await login(odd)
  const me = await zoe('GET', '/api/users/me')
  assert.equal(me.body.globalName, odd.globalName)
  await zoe('GET', '/api/logs')
  await zoe('GET', '/api/users/me/guilds')
  await zoe('GET', `/api/guilds/${guilds.harbour}`)
  await zoe.refresh()
  await zoe('GET', '/api/users/me')
  await zoe('POST', '/api/auth/logout')
  await zoe('GET', '/api/users/me')
  await zoe('POST', '/api/auth/refresh')
  await both('POST', '/api/auth/token', { body: { code: 'used', redirect_uri: redirectUri } })
  await both('POST', '/api/auth/token', { body: {} })
})

const prefixes = [
  '🦀', '🦞', 'É', 'é', 'e\u0301', '%', '_', "'", '"', '\\', ':a', '{id}', '١٢', 'a'.repeat(10), '𝒳'.repeat(10), '',
  ' ', 'a'.repeat(11), '\u0000', null, 1,
]

const languages = [
  'de', 'DE', 'zh-Hant-TW', 'en-u-ca-buddhist', 'x'.repeat(65), '', 'de_AT', '🦀',
]

test('guilds', async () => {
  for (const id of [guilds.workshop, guilds.quietCorner, largest.id, '0', '-1', '1', '18446744073709551616', 'abc']) {
    await ada('GET', `/api/guilds/${id}`)
    await ada('PATCH', `/api/guilds/${id}`, { body: { prefix: '?' } })
    await both('GET', `/api/guilds/${id}`)
  }
  const path = `/api/guilds/${largest.id}`
  for (const prefix of prefixes) {
    const { status, body } = await ada('PATCH', path, { body: { prefix } })
    if (status === 200) assert.equal(body.prefix, prefix)
    await ada('GET', path)
  }
  for (const language of languages) {
    await ada('PUT', path, { body: { language } })
    await ada('GET', path)
  }
  await ada('PUT', path, { body: { prefix: '!', language: 'en', name: 'x' } })
  await ada('PUT', path, { body: { prefix: '!', language: 'en' } })
})

// Most of these triggers are different, but not in every collation or every way of quoting.
const triggers = [
  'Hello', 'hello', 'HELLO', 'héllo', 'he\u0301llo', 'hello\u200b', '🦀', '🦞', '👨‍👩‍👧‍👦', '👨‍👩‍👧', 'ß', 'ss', 'SS',
  'ẞ', 'İ', 'i', 'ı', 'I', '\u212a', 'k', 'K', 'ﬁ', 'fi', 'Å', 'A\u030a', '\u212b', '１', '1', '01', '1e0', '1.0',
  '𝒳'.repeat(64), '𝒳'.repeat(63), "'", "''", '"', '`', '\\', '\\\\', "\\'", '%', '_', '--', ';', ':trigger', ':1',
  '?', '{id}', '${1}', '$1', 'NULL', '<b>', '&amp;', "';DELETE/**/FROM/**/commands;--", '\u{10ffff}', '\ufffd',
  '\ue000', '\u00ad', '\u0600', 'ا', 'あ', 'ア', 'ｱ', 'が', 'か\u3099', '\u0001', '\u0000', '\ufeff', ' ', 'a ', '',
  'a'.repeat(65),
]

test('case-sensitive triggers are the same ones on both', async () => {
  const path = commandsOf(largest.id)
  let made = 0
  for (const trigger of triggers) {
    const wanted = { trigger, caseSensitive: true, response: { content: trigger } }
    const { status, body } = await ada('POST', path, { body: wanted })
    if (status === 201) {
      ++made
      assert.equal(body.trigger, trigger)
    }
  }
  assert.ok(made > 55, `${made} commands`)
  for (const trigger of triggers) await ada('POST', path, { body: { trigger, response: content } })
  const { body } = await ada('GET', path)
  assert.equal(body.length, made)
  await ada('GET', `/api/guilds/${largest.id}`)
  for (const { id } of body.slice(0, 10)) await ada('GET', `${path}/${id}`)
  for (const { id } of body) await ada('DELETE', `${path}/${id}`)
  assert.deepEqual((await ada('GET', path)).body, [])
})

const texts = [
  'Zoë 🦀\n\t"quoted" \\ \\n', '\u0001\u001f\u007f', 'a\u0000b', 'a\u2028\u2029b', '\ufeffmark',
  "'; DROP TABLE commands; --", ' spaces x ', '${1} ${2} :a ?', '🦀'.repeat(1000), '🦀'.repeat(2000), '𝒳'.repeat(2001),
]

const bodies = [
  '{"trigger":"raw","response":{"content":"\\ud83e\\udd80 \\u0041\\/"}}',
  '{"trigger":"half","response":{"content":"\\ud83e"}}',
  '{"trigger":"twice","trigger":"other","response":{"content":"x"}}',
  '{"response":{"embeds":[{"color":1e2,"title":"x"}]},"trigger":"number"}',
  '{"trigger":"long","response":{"content":"x"},"interaction":"' + '// 🦀 '.repeat(9000) + '"}', '[]', '{', '',
]

test('responses and scripts are stored unchanged', async () => {
  const path = commandsOf(guilds.workshop)
  for (const [n, text] of texts.entries()) {
    const embeds = [{ title: text.slice(0, 80), color: 0xffffff, fields: [{ name: 'n', value: text.slice(0, 9) }] }]
    const body = { trigger: `t${n}`, response: { content: text, embeds }, interaction: text.repeat(3) }
    const { status, body: made } = await ada('POST', path, { body })
    if (status !== 201) continue
    assert.deepEqual([made.response.content, made.interaction], [text, text.repeat(3)])
    await ada('GET', `${path}/${made.id}`)
  }
  for (const text of bodies) {
    await ada('POST', path, { text, headers: { 'content-type': 'application/json' } })
  }
  await ada('GET', path)
  await ada('GET', `/api/guilds/${guilds.workshop}`)
})

const commandIds = [
  '0', '-1', '1e3', '9223372036854775807', '9223372036854775808', '18446744073709551615', '18446744073709551616',
  'abc',
]

test('changes, conflicts and conditions', async () => {
  const path = commandsOf(guilds.harbour)
  const grace = await login(people.grace)
  const first = await grace('POST', path, { body: { trigger: 'first', response: content, interaction: 'x' } })
  const other = await grace('POST', path, { body: { trigger: 'other', response: content } })
  assert.deepEqual([first.status, other.status], [201, 201])
  const one = `${path}/${first.body.id}`
  await grace('GET', one, { headers: { 'if-none-match': first.header('etag') } })
  await grace('GET', one, { headers: { 'if-none-match': '"other"' } })
  await grace('PATCH', one, { body: { trigger: 'other' } })
  await grace('PUT', one, { body: { trigger: 'other', response: content } })
  await grace('PATCH', one, { body: { trigger: 'FIRST' }, headers: { 'if-match': '"other"' } })
  const fresh = { 'if-match': first.header('etag') }
  const changed = await grace('PATCH', one, { body: { trigger: 'FIRST' }, headers: fresh })
  assert.equal(changed.status, 200)
  await grace('PATCH', one, { body: { trigger: 'first' }, headers: fresh })
  await grace('PATCH', one, { body: { trigger: 'FIRST' } })
  await grace('PATCH', one, { body: { interaction: null } })
  await grace('PATCH', one, { body: {} })
  await grace('PUT', one, { body: { trigger: 'put', response: { embeds: [{ title: '🦀' }] } } })
  await grace('PATCH', `/api/guilds/${guilds.harbour}`, { body: { prefix: 'pu' } })
  await grace('POST', path, { body: { trigger: '!x', response: content } })
  await grace('GET', path)
  for (const id of commandIds) {
    await grace('GET', `${path}/${id}`)
    await grace('PUT', `${path}/${id}`, { body: { trigger: 'x', response: content } })
    await grace('PATCH', `${path}/${id}`, { body: { trigger: 'x' } })
    await grace('DELETE', `${path}/${id}`)
  }
  await grace('GET', `${commandsOf(guilds.workshop)}/${first.body.id}`)
  await grace('DELETE', one, { headers: fresh })
  await grace('DELETE', one)
  await grace('DELETE', one)
  const again = await grace('POST', path, { body: { trigger: 'put', response: content } })
  assert.ok(BigInt(again.body.id) > BigInt(other.body.id), 'ids are not used again')
})

const queries = [
  'source=SEED', 'source=seed%20', 'source=s%C3%ABed', 'source=%25', "source='", 'source=seed&before=-1',
  'source=seed&before=0', 'source=seed&before=18446744073709551615', 'source=seed&before=9007199254740030&limit=2',
  'source=seed&limit=0', 'source=seed&level=loud',
]

/** Rows of the log, including times, inserted into both tables directly. */
function seedLogs() {
  const messages = ['plain', 'Zoë 🦀', '', 'x'.repeat(70_000), 'two\nlines']
  const levels = ['error', 'warn', 'info', 'http', 'debug']
  const values = Array.from({ length: 60 }, (_, n) => {
    const stack = n % 3 === 0 ? `'at 🦀 (${n})'` : 'NULL'
    const time = `2026-02-28 23:59:${String(n).padStart(2, '0')}.${String(n * 7).padStart(3, '0')}`
    const message = messages[n % messages.length]
    return `(${9007199254740000 + n}, '${levels[n % levels.length]}', 'seed', '${message}', '${time}', ${stack})`
  })
  const statement = `INSERT INTO logs (id, level, source, message, timestamp, stacktrace) VALUES ${values};`
  server.sql(statement, { database: onMariaDb.DB_NAME })
  execFileSync('sqlite3', [onSqlite.DB_STORAGE], { input: statement })
}

test('the log, page by page', async () => {
  seedLogs()
  await until(async () => (await halls[1].get('/readyz')).status === 200, 'guildhall to be ready')
  for (const query of ['limit=7', 'limit=200', 'level=error', 'level=warn&limit=3', 'level=http', 'level=']) {
    for (let next = ''; next !== null; ) {
      const { body } = await ada('GET', `/api/logs?source=seed&${query}&before=${next}`)
      assert.ok(body.logs.length > 0 || next !== '')
      next = body.next
    }
  }
  for (const query of queries) {
    await ada('GET', `/api/logs?${query}`)
  }
})
