// /api/guilds/:id/commands: create, list, read, replace, change, delete.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError, assertTimestamp } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const own = await sim.guilds(25)
const hall = await startGuildhall(test, sim)
const token = await hall.login(sim, people.ada)

const newGuild = () => own.pop().id
const collection = (guildId) => `/api/guilds/${guildId}/commands`
const create = (guildId, body) => hall.post(collection(guildId), { token, body })
const hello = { trigger: 'hello', response: { content: 'Hello!' } }

/** A guild with one command: its path, and the command as created. */
async function guildWith(body = hello) {
  const guildId = newGuild()
  const made = await create(guildId, body)
  assert.equal(made.status, 201, made.text)
  const path = `${collection(guildId)}/${made.body.id}`
  return { guildId, path, command: made.body, etag: made.header('etag') }
}

test('a command is created, with its Location', async () => {
  const guildId = newGuild()
  const answer = await create(guildId, {
    trigger: 'Hello',
    response: { content: 'Hi ${1}' },
    interaction: 'reply("x")',
  })
  assert.equal(answer.status, 201, answer.text)
  const { id, createdAt, updatedAt, ...rest } = answer.body
  assert.equal(typeof id, 'string')
  assert.deepEqual(rest, {
    guildId,
    trigger: 'Hello',
    caseSensitive: false,
    enabled: true,
    response: { content: 'Hi ${1}', embeds: [], components: [] },
    interaction: 'reply("x")',
  })
  assertTimestamp(createdAt)
  assert.equal(updatedAt, createdAt)
  const location = answer.header('location')
  assert.equal(new URL(location, hall.url).pathname, `${collection(guildId)}/${id}`)
  assert.deepEqual((await hall.get(new URL(location, hall.url).pathname, { token })).body, answer.body)
})

test('a guild lists its commands, on their own route and in the guild', async () => {
  const guildId = newGuild()
  assert.deepEqual((await hall.get(collection(guildId), { token })).body, [])
  const made = []
  for (const trigger of ['b', 'a', 'c']) made.push((await create(guildId, { ...hello, trigger })).body)
  const summaries = made.map(({ interaction, ...rest }) => ({
    ...rest,
    hasScript: false,
    hasInteraction: interaction !== null,
  }))
  const listed = await hall.get(collection(guildId), { token })
  assert.deepEqual(listed.body, summaries)
  const guild = await hall.get(`/api/guilds/${guildId}`, { token })
  assert.deepEqual(guild.body.commands, summaries)
})

test('PUT replaces the whole', async () => {
  const { path, command } = await guildWith({ ...hello, interaction: 'reply("x")' })
  const answer = await hall.put(path, { token, body: { trigger: 'bye', response: { embeds: [{ title: 'Bye' }] } } })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.body.id, command.id)
  assert.equal(answer.body.createdAt, command.createdAt)
  assert.equal(answer.body.trigger, 'bye')
  assert.equal(answer.body.interaction, null)
  assert.equal(answer.body.response.embeds[0].title, 'Bye')
  assert.ok(!answer.body.response.content)
  assert.deepEqual((await hall.get(path, { token })).body, answer.body)
})

test('PATCH changes only the given fields', async () => {
  const { path, command } = await guildWith({ ...hello, interaction: 'reply("x")' })
  const renamed = await hall.patch(path, { token, body: { trigger: 'hey' } })
  assert.equal(renamed.status, 200, renamed.text)
  assert.deepEqual({ ...renamed.body, updatedAt: command.updatedAt }, { ...command, trigger: 'hey' })
  const answer = await hall.patch(path, { token, body: { interaction: null } })
  assert.equal(answer.body.interaction, null)
  assert.equal(answer.body.trigger, 'hey')
})

test('a command can be switched off, and keeps its trigger', async () => {
  const { guildId, path, etag } = await guildWith()
  const off = await hall.patch(path, { token, body: { enabled: false }, headers: { 'if-match': etag } })
  assert.deepEqual([off.status, off.body.enabled], [200, false], off.text)
  assertError(await hall.patch(path, { token, body: { enabled: true }, headers: { 'if-match': etag } }), 412)
  assert.deepEqual((await hall.get(path, { token })).body, off.body)
  assert.equal((await hall.get(collection(guildId), { token })).body[0].enabled, false)
  assert.equal((await hall.get(`${collection(guildId)}?scripts=1`, { token })).body.commands[0].enabled, false)
  assertError(await create(guildId, hello), 409, { field: '/trigger' })
  const again = await hall.patch(path, { token, body: { enabled: false } })
  assert.equal(again.header('etag'), off.header('etag'), 'nothing has changed')
  assert.equal((await hall.patch(path, { token, body: { trigger: 'hey' } })).body.enabled, false)
  assert.equal((await hall.put(path, { token, body: hello })).body.enabled, true, 'PUT replaces the whole')
  const made = await create(guildId, { ...hello, trigger: 'off', enabled: false })
  assert.equal(made.body.enabled, false)
  for (const enabled of [null, 0, 'no']) {
    assertError(await hall.patch(path, { token, body: { enabled } }), 422, { field: '/enabled' })
  }
})

test('DELETE is 204, and then the command is gone', async () => {
  const { path } = await guildWith()
  const answer = await hall.delete(path, { token })
  assert.deepEqual([answer.status, answer.text], [204, ''])
  assertError(await hall.get(path, { token }), 404)
  assertError(await hall.delete(path, { token }), 404)
  assertError(await hall.put(path, { token, body: hello }), 404)
  assertError(await hall.patch(path, { token, body: hello }), 404)
  assertError(await hall.patch((await guildWith()).path, { token, body: {} }), 422, { field: '' })
})

test('a trigger that exists in the guild is 409 with every method', async () => {
  const { guildId, path } = await guildWith()
  assertError(await create(guildId, hello), 409, { field: '/trigger' })
  const other = await create(guildId, { ...hello, trigger: 'other' })
  const otherPath = `${collection(guildId)}/${other.body.id}`
  assertError(await hall.patch(otherPath, { token, body: { trigger: 'hello' } }), 409, { field: '/trigger' })
  assertError(await hall.put(otherPath, { token, body: hello }), 409, { field: '/trigger' })
  assert.equal((await hall.put(path, { token, body: hello })).status, 200, 'its own trigger is no conflict')
  await hall.delete(path, { token })
  assert.equal((await create(guildId, hello)).status, 201, 'free again')
})

test('two guilds may have the same trigger', async () => {
  const [first, second] = [await guildWith(), await guildWith()]
  assert.notEqual(first.command.id, second.command.id)
})

test('of many concurrent creates of one trigger one succeeds', async () => {
  const guildId = newGuild()
  const answers = await Promise.all(Array.from({ length: 10 }, () => create(guildId, hello)))
  const statuses = answers.map(({ status }) => status).sort()
  assert.deepEqual(statuses, [201, ...Array(9).fill(409)])
})

test('a command is found in its own guild only', async () => {
  const { command } = await guildWith()
  const elsewhere = `${collection(newGuild())}/${command.id}`
  assertError(await hall.get(elsewhere, { token }), 404)
  assertError(await hall.delete(elsewhere, { token }), 404)
  assertError(await hall.patch(elsewhere, { token, body: { trigger: 'x' } }), 404)
})

for (const id of ['abc', '0', '-1', '1e3', '18446744073709551616', '18446744073709551615', '1.0', '%00']) {
  test(`no command ${id}: 404`, async () => {
    const path = `${collection(guilds.workshop)}/${id}`
    for (const method of ['GET', 'DELETE']) assertError(await hall.request(method, path, { token }), 404)
    for (const method of ['PUT', 'PATCH']) assertError(await hall.request(method, path, { token, body: hello }), 404)
  })
}

test('an ETag saves the body and guards a change', async () => {
  const { path, etag } = await guildWith()
  assert.match(etag, /^"[^"]+"$/)
  const send = (method, field, value, body) => hall.request(method, path, { token, body, headers: { [field]: value } })
  for (const value of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
    const answer = await send('GET', 'if-none-match', value)
    assert.deepEqual([answer.status, answer.text, answer.header('etag')], [304, '', etag], value)
  }
  assert.equal((await send('GET', 'if-none-match', '"other"')).status, 200)

  assertError(await send('PATCH', 'if-match', '"other"', { trigger: 'x' }), 412)
  const changed = await send('PATCH', 'if-match', etag, { trigger: 'x' })
  assert.equal(changed.status, 200, changed.text)
  assert.notEqual(changed.header('etag'), etag)
  assertError(await send('PUT', 'if-match', etag, hello), 412)
  assertError(await send('DELETE', 'if-match', etag), 412)
  assertError(await send('PATCH', 'if-match', `W/${changed.header('etag')}`, { trigger: 'y' }), 412)
  assert.equal((await send('DELETE', 'if-match', `"other", ${changed.header('etag')}`)).status, 204)
})

test('of two writers with the same ETag one wins', async () => {
  const { path, etag } = await guildWith()
  const write = (trigger) => hall.patch(path, { token, body: { trigger }, headers: { 'if-match': etag } })
  const answers = await Promise.all([write('left'), write('right')])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412])
  const won = answers.find(({ status }) => status === 200).body
  assert.deepEqual((await hall.get(path, { token })).body, won)
})

test('of two writers without an ETag the last wins, without mixing fields', async () => {
  const { path } = await guildWith()
  const version = (n) => ({ trigger: `t${n}`, response: { content: `c${n}` }, interaction: `i${n}` })
  await Promise.all(Array.from({ length: 20 }, (_, n) => hall.put(path, { token, body: version(n) })))
  const { trigger, response, interaction } = (await hall.get(path, { token })).body
  const n = trigger.slice(1)
  assert.deepEqual([response.content, interaction], [`c${n}`, `i${n}`])
})

test('concurrent PATCHes of different fields all apply', async () => {
  const { path } = await guildWith()
  const patch = (body) => hall.patch(path, { token, body })
  await Promise.all([
    patch({ trigger: 'new' }),
    patch({ interaction: 'reply("new")' }),
    patch({ response: { content: 'new' } }),
  ])
  const { trigger, response, interaction } = (await hall.get(path, { token })).body
  assert.deepEqual([trigger, response.content, interaction], ['new', 'new', 'reply("new")'])
})

test('the trigger may not begin with the prefix of its guild', async () => {
  const { guildId, path } = await guildWith()
  assertError(await create(guildId, { ...hello, trigger: '!x' }), 422, { field: '/trigger' })
  assertError(await hall.patch(path, { token, body: { trigger: '!x' } }), 422, { field: '/trigger' })
  const guild = `/api/guilds/${guildId}`
  assert.equal((await hall.patch(guild, { token, body: { prefix: '?' } })).status, 200)
  assert.equal((await create(guildId, { ...hello, trigger: '!x' })).status, 201)
  assertError(await create(guildId, { ...hello, trigger: '?x' }), 422, { field: '/trigger' })
})

test('a prefix that an existing trigger begins with is refused', async () => {
  const { guildId } = await guildWith({ ...hello, trigger: 'he' })
  const answer = await hall.patch(`/api/guilds/${guildId}`, { token, body: { prefix: 'h' } })
  assert.ok([409, 422].includes(answer.status), answer.text)
  assertError(answer, answer.status, { field: '/prefix' })
})

test('a large JSON body is refused as too large, and deep nesting is harmless', async () => {
  const path = collection(guilds.workshop)
  const headers = { 'content-type': 'application/json' }
  assertError(await hall.post(path, { token, text: '['.repeat(100_000), headers }), 400)
  assertError(
    await hall.post(path, {
      token,
      text: `{"trigger":"a","response":{"content":"${'a'.repeat(1_100_000)}"}}`,
      headers,
    }),
    413,
  )
})
