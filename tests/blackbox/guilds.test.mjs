// /api/guilds/:id: who may see and change a guild, and its settings.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError, assertTimestamp } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { guilds, people, permissions, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const admin = await sim.person()
const own = await sim.guilds(20)
const largest = await sim.guild({ id: '18446744073709551615' })
const hall = await startGuildhall(test, sim, { env: { ADMIN_USER_IDS: admin.id } })

const ada = await hall.login(sim, people.ada)
const newGuild = () => own.pop().id
const show = (id, token = ada) => hall.get(`/api/guilds/${id}`, { token })
const change = (id, body, token = ada) => hall.patch(`/api/guilds/${id}`, { token, body })

/** Logs in a new person with these permissions in a guild. */
async function memberWith(guildId, granted) {
  const person = await sim.person()
  await sim.member(guildId, person, granted)
  return hall.login(sim, person)
}

test('a guild shows its settings and commands', async () => {
  const { status, body } = await show(guilds.workshop)
  assert.equal(status, 200)
  const { createdAt, updatedAt, ...rest } = body
  assert.deepEqual(rest, {
    id: guilds.workshop,
    name: "Ada's Workshop",
    icon: rest.icon,
    prefix: '!',
    language: 'en',
    commands: [],
  })
  assertTimestamp(createdAt)
  assertTimestamp(updatedAt)
})

for (const [who, granted, status] of [
  ['ADMINISTRATOR', permissions.administrator, 200],
  ['MANAGE_GUILD', permissions.manageGuild, 200],
  ['every permission', '18014398509481983', 200],
  ['MANAGE_GUILD beside large ones', String((1n << 60n) | 32n), 200],
  ['no permission', permissions.none, 403],
  ['every permission but those two', String(((1n << 50n) - 1n) & ~40n), 403],
]) {
  test(`a member with ${who} gets ${status}, for reading and changing`, async () => {
    const id = newGuild()
    const token = await memberWith(id, granted)
    assert.equal((await show(id, token)).status, status)
    assert.equal((await change(id, { prefix: '?' }, token)).status, status)
    const path = `/api/guilds/${id}/commands`
    assert.equal((await hall.get(path, { token })).status, status)
    const body = { trigger: 'hi', response: { content: 'hello' } }
    assert.equal((await hall.post(path, { token, body })).status, status === 200 ? 201 : status)
  })
}

test('the owner may, whatever their permissions are', async () => {
  const person = await sim.person()
  const id = newGuild()
  await sim.changeGuild(id, { ownerId: person.id })
  assert.equal((await show(id, await hall.login(sim, person))).status, 200)
})

test('a person who is not in the guild gets 403', async () => {
  assertError(await show(guilds.workshop, await hall.login(sim, await sim.person())), 403)
})

test('role ADMIN may see and change every guild with the bot', async () => {
  const token = await hall.login(sim, admin)
  const id = newGuild()
  assert.equal((await show(id, token)).status, 200)
  assert.equal((await change(id, { language: 'de' }, token)).status, 200)
})

test('a guild without the bot is 404, even for its owner and ADMIN', async () => {
  assertError(await show(guilds.quietCorner, await hall.login(sim, people.linus)), 404)
  assertError(await show(guilds.quietCorner, await hall.login(sim, admin)), 404)
})

for (const id of [
  '1',
  'abc',
  '18446744073709551616',
  '-1',
  '1e3',
  '0',
  '%30',
  '3000000000000000001%00',
  ' 1',
  '٣',
  '0x1',
  '3000000000000000001.0',
  '03000000000000000001',
  '+3000000000000000001',
  '99999999999999999999999999999999999999',
]) {
  test(`no guild ${JSON.stringify(id)}: 404`, async () => {
    assertError(await show(encodeURI(id).replaceAll('%25', '%')), 404)
    assertError(await change(encodeURI(id).replaceAll('%25', '%'), { prefix: '?' }), 404)
  })
}

test('the largest id is valid', async () => {
  const { body } = await show(largest.id)
  assert.equal(body.id, '18446744073709551615')
})

test('without a token everything is 401, whether the guild exists or not', async () => {
  for (const id of [guilds.workshop, '1', 'abc']) assertError(await hall.get(`/api/guilds/${id}`), 401)
})

test('new permissions apply at the next login', async () => {
  const id = newGuild()
  const person = await sim.person()
  await sim.member(id, person, permissions.none)
  assertError(await show(id, await hall.login(sim, person)), 403)
  await sim.member(id, person, permissions.manageGuild)
  assert.equal((await show(id, await hall.login(sim, person))).status, 200)
})

test('removed permissions apply at the next login', async () => {
  const id = newGuild()
  const person = await sim.person()
  await sim.member(id, person, permissions.manageGuild)
  assert.equal((await show(id, await hall.login(sim, person))).status, 200)
  await sim.removeMember(id, person)
  assertError(await show(id, await hall.login(sim, person)), 403)
})

test('permissions cannot be checked while Discord is down', async () => {
  const id = newGuild()
  const token = await memberWith(id, permissions.manageGuild)
  await sim.fault({ route: '/users/@me/guilds', count: 100, drop: true })
  try {
    assertError(await show(id, token), 503)
    assertError(await change(id, { prefix: '?' }, token), 503)
  } finally {
    await sim.clearFaults()
  }
  assert.equal((await show(id, token)).status, 200)
})

test('PATCH changes only the given fields', async () => {
  const id = newGuild()
  const answer = await change(id, { prefix: 'g!' })
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual([answer.body.prefix, answer.body.language], ['g!', 'en'])
  await change(id, { language: 'pt-BR' })
  const { body } = await show(id)
  assert.deepEqual([body.prefix, body.language], ['g!', 'pt-BR'])
})

test('an empty PATCH is 422', async () => {
  assertError(await change(guilds.workshop, {}), 422, { field: '' })
})

test('PUT sets both', async () => {
  const id = newGuild()
  const answer = await hall.put(`/api/guilds/${id}`, { token: ada, body: { prefix: '~', language: 'zh-Hant-TW' } })
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual([answer.body.prefix, answer.body.language], ['~', 'zh-Hant-TW'])
})

test('the list of guilds shows changed settings at once', async () => {
  const id = newGuild()
  const list = async () =>
    (await hall.get('/api/users/me/guilds', { token: ada })).body.find((guild) => guild.id === id)
  assert.equal((await list()).prefix, '!')
  await change(id, { prefix: '§' })
  assert.equal((await list()).prefix, '§')
})

for (const [name, body, field] of [
  ['an empty prefix', { prefix: '' }, '/prefix'],
  ['a prefix of 11 characters', { prefix: '12345678901' }, '/prefix'],
  ['a prefix with a space', { prefix: 'a b' }, '/prefix'],
  ['a prefix with a no-break space', { prefix: 'a\u00a0b' }, '/prefix'],
  ['a prefix with a control character', { prefix: 'a\u0000' }, '/prefix'],
  ['a prefix that is no string', { prefix: 1 }, '/prefix'],
  ['a prefix that is null', { prefix: null }, '/prefix'],
  ['a language that is no tag', { language: 'English!' }, '/language'],
  ['an empty language', { language: '' }, '/language'],
  ['a language with an underscore', { language: 'en_US' }, '/language'],
  ['a name', { name: 'Mine now' }, '/name'],
  ['an unknown field', { prefix: '?', 'a/b~c': 1 }, '/a~1b~0c'],
]) {
  test(`${name} is 422 and names ${field}`, async () => {
    const id = guilds.workshop
    const before = (await show(id)).body
    assertError(await change(id, body), 422, { field })
    assert.deepEqual((await show(id)).body, before)
  })
}

for (const prefix of ['!', '1234567890', '💬💬💬💬💬💬💬💬💬💬', 'é', '<@1>', '"\\']) {
  test(`${prefix} is a prefix`, async () => {
    const id = own.at(-1).id
    assert.equal((await change(id, { prefix })).body.prefix, prefix)
    assert.equal((await show(id)).body.prefix, prefix)
  })
}

for (const language of ['en', 'en-US', 'de-CH-1996', 'sr-Latn-RS', 'es-419', 'x-private', 'i-klingon']) {
  test(`${language} is a language`, async () => {
    assert.equal((await change(own.at(-1).id, { language })).body.language, language)
  })
}

test('a body that is not an object is 422, not JSON 400, of another type 415', async () => {
  const path = `/api/guilds/${guilds.workshop}`
  const json = { 'content-type': 'application/json' }
  assertError(await hall.patch(path, { token: ada, text: '"!"', headers: json }), 422, { field: '' })
  assertError(await hall.patch(path, { token: ada, text: '{prefix:"!"}', headers: json }), 400)
  assertError(await hall.patch(path, { token: ada, text: 'prefix=x', headers: { 'content-type': 'text/plain' } }), 415)
})
