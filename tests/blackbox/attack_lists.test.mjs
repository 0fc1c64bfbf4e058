// Lists of commands: what they hold, how much memory their readers can cost, how large a guild's commands may become.
// @database
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { onEnd } from '../harness/cleanup.mjs'
import { dialect, query } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { memoryOf, quarantineOf } from '../harness/processes.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const own = await sim.guilds(6)
const hall = await startGuildhall(test, sim)
const token = await hall.login(sim, people.ada)

const newGuild = () => own.pop().id
const listOf = (guildId) => `/api/guilds/${guildId}/commands`
const create = (guildId, body) => hall.post(listOf(guildId), { token, body: { response: { content: 'x' }, ...body } })
const script = (fill, length = 65_000) => `/* ${fill.repeat(length)} */`

/** Gives a guild commands that are there from before there were limits. */
function fill(guildId, count, interaction) {
  const name = dialect === 'sqlite' ? "'c' || i" : "CONCAT('c', i)"
  const time = "'2026-01-01 00:00:00.000'"
  query(
    hall.env,
    `INSERT INTO commands (guild_id, \`trigger\`, response, interaction, size, created_at, updated_at)
     WITH RECURSIVE number (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ${count})
     SELECT ${guildId}, ${name}, '{"content":"x","embeds":[],"components":[]}', '${interaction}',
       ${interaction.length + 50}, ${time}, ${time} FROM number`,
  )
}

const residentMb = () => memoryOf(hall.program.pid) / 1024 / 1024

const quarantineMb = quarantineOf(hall.program.pid) / 1024 / 1024

/** Sends a request and reads nothing but the beginning of the response. */
async function askAndNotRead(scope, path) {
  const socket = connect({ port: hall.port, host: '127.0.0.1', readableHighWaterMark: 1024 })
  onEnd(scope, () => socket.destroy())
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`)
  await once(socket, 'readable')
  return socket
}

/** How much memory `paths` take while nobody reads the responses. */
async function growthOf(scope, paths) {
  await hall.get(paths[0], { token })
  const before = residentMb()
  await Promise.all(paths.map((path) => askAndNotRead(scope, path)))
  return residentMb() - before
}

test('lists say whether there is a script, and leave it out', async () => {
  const guildId = newGuild()
  await create(guildId, { trigger: 'with', interaction: 'reply("secret")' })
  await create(guildId, { trigger: 'without' })
  const inGuild = (await hall.get(`/api/guilds/${guildId}`, { token })).body.commands
  const listed = (await hall.get(listOf(guildId), { token })).body
  assert.deepEqual(inGuild, listed)
  assert.deepEqual(
    listed.map(({ trigger, hasScript, hasInteraction }) => [trigger, hasScript, hasInteraction]),
    [
      ['with', false, true],
      ['without', false, false],
    ],
  )
  assert.ok(!JSON.stringify(listed).includes('secret'))
  const changed = await hall.patch(`/api/guilds/${guildId}`, { token, body: { language: 'de' } })
  assert.deepEqual(changed.body.commands, listed)
})

test('with scripts lists come in pages, whose commands are whole', async () => {
  const guildId = newGuild()
  const made = []
  for (let i = 0; i < 5; ++i) made.unshift((await create(guildId, { trigger: `c${i}`, interaction: `run(${i})` })).body)
  for (const [path, pageOf] of [
    [listOf(guildId), (body) => body],
    [`/api/guilds/${guildId}`, ({ commands, next }) => ({ commands, next })],
  ]) {
    const seen = []
    for (let before = ''; before !== null; ) {
      const { body } = await hall.get(`${path}?scripts=1&limit=2&before=${before}`, { token })
      const page = pageOf(body)
      assert.ok(page.commands.length <= 2)
      seen.push(...page.commands)
      before = page.next
    }
    assert.deepEqual(seen, made)
  }
  for (const [wrong, field] of [
    ['scripts=yes', '/scripts'],
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['before=x', '/before'],
    ['limit=1&limit=2', '/limit'],
  ]) {
    assertError(await hall.get(`${listOf(guildId)}?${wrong}`, { token }), 422, { field })
  }
})

test('a guild from before the limits can be read and shrink, and costs its readers no more memory', async (t) => {
  const guildId = newGuild()
  fill(guildId, 700, script('x'))
  const list = await until(async () => {
    const answer = await hall.get(listOf(guildId), { token })
    return answer.body.length === 700 && answer
  }, 'the rows')
  assert.ok(list.text.length < 300_000, `${list.text.length} bytes`)

  const page = await hall.get(`${listOf(guildId)}?scripts=1&limit=100`, { token })
  assert.ok(page.text.length < 1_200_000, `${page.text.length} bytes`)
  assert.equal(page.body.next, page.body.commands.at(-1).id)

  const readers = Array(30).fill(listOf(guildId))
  const lists = await growthOf(t, readers)
  const pages = await growthOf(t, readers.map((path) => `${path}?scripts=1`))
  const different = await growthOf(t, readers.map((path, i) => `${path}?scripts=1&limit=${100 - i}`))
  t.diagnostic(`30 unread lists: ${lists} MB, pages: ${pages} MB, different pages: ${different} MB`)
  assert.ok(lists < 20 + quarantineMb, `30 unread lists take ${lists} MB`)
  assert.ok(pages < 20 + quarantineMb, `30 unread pages take ${pages} MB`)
  assert.ok(different < 100 + quarantineMb, `30 different unread pages take ${different} MB`)

  const one = `${listOf(guildId)}/${page.body.commands[0].id}`
  assert.equal((await hall.patch(one, { token, body: { trigger: 'renamed0' } })).status, 409, 'grows by a few bytes')
  assert.equal((await hall.patch(one, { token, body: { trigger: 'c' } })).status, 200)
  assert.equal((await hall.patch(one, { token, body: { interaction: 'short()' } })).status, 200)
  assertError(await hall.patch(one, { token, body: { interaction: script('y', 100) } }), 409)
  assertError(await create(guildId, { trigger: 'new' }), 409)
  assert.equal((await hall.delete(one, { token })).status, 204)
})

test('a guild has at most 4 MB of commands', async () => {
  const guildId = newGuild()
  let made = 0
  let refused
  while (!refused && made < 100) {
    const answer = await create(guildId, { trigger: `c${made}`, interaction: script('x') })
    if (answer.status === 201) ++made
    else refused = answer
  }
  assertError(refused, 409)
  assert.match(refused.body.error, /4 MB/)
  assert.equal(made, Math.floor((4 << 20) / 65_060))
  const [first, second] = (await hall.get(listOf(guildId), { token })).body
  assert.equal((await create(guildId, { trigger: 'small' })).status, 201)
  const path = (command) => `${listOf(guildId)}/${command.id}`
  assert.equal((await hall.patch(path(first), { token, body: { interaction: null } })).status, 200)
  assert.equal((await create(guildId, { trigger: 'again', interaction: script('y') })).status, 201, 'what shrank is free')
  assertError(await hall.put(path(first), { token, body: { trigger: 'a', response: { content: 'x' }, interaction: script('é', 32_000) } }), 409)
  assert.equal((await hall.delete(path(second), { token })).status, 204)
})

test('a guild has at most 500 commands', async () => {
  const guildId = newGuild()
  fill(guildId, 499, 'x')
  await until(async () => (await hall.get(listOf(guildId), { token })).body.length === 499, 'the rows')
  const last = await create(guildId, { trigger: 'last' })
  assert.equal(last.status, 201, last.text)
  const more = await create(guildId, { trigger: 'more' })
  assertError(more, 409)
  assert.match(more.body.error, /500/)
  assert.equal((await hall.patch(`${listOf(guildId)}/${last.body.id}`, { token, body: { trigger: 'l' } })).status, 200)
})

test('different responses that nobody reads do not add up without a bound', async (t) => {
  const made = await sim.guilds(1)
  const guildId = made[0].id
  await until(async () => (await hall.get(listOf(guildId), { token })).status === 200, 'the guild')
  fill(guildId, 300, script('x', 12_000))
  await until(async () => (await hall.get(listOf(guildId), { token })).body.length === 300, 'the rows')
  const { body } = await hall.get(listOf(guildId), { token })
  // Each `before` is a page of its own: 200 pages of 1 MB are more than may wait.
  const paths = body.slice(100).map(({ id }) => `${listOf(guildId)}?scripts=1&limit=100&before=${id}`)
  const before = residentMb()
  const sockets = await Promise.all(paths.map((path) => askAndNotRead(t, path)))
  const growth = residentMb() - before
  t.diagnostic(`${paths.length} different unread pages: ${growth} MB`)
  // The bodies are 64 MB; the rest is what waits to be encoded, and what the allocator keeps of that.
  assert.ok(growth < 350 + quarantineMb, `they take ${growth} MB`)
  const statuses = sockets.map((socket) => Number(/^HTTP\/1.1 (\d+)/.exec(socket.read(15))?.[1]))
  assert.ok(statuses.includes(503), 'some are refused')
  // Whoever reads gets on, because those who do not read make room.
  const answer = await until(async () => {
    const page = await hall.get(`${listOf(guildId)}?scripts=1&limit=99`, { token })
    return page.status === 200 && page
  }, 'a page')
  assert.ok(answer.text.length > 1_000_000)
})
