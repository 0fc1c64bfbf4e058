// What a dashboard picks from: channels, roles, emojis and members of a server.
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { asBot } from '../harness/bot_request.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const guild = await sim.guild()
const friend = await sim.person({ username: 'zoe.z', globalName: 'Zoé' })
await sim.member(guild.id, friend, '0')
await sim.role(guild.id, { name: 'Helpers' })
const category = await sim.channel(guild.id, { name: 'Talk', type: 4 })
const inside = await sim.channel(guild.id, { name: 'inside', parentId: category.id })
// See Channel, Send Messages, Manage and Create Expressions for everybody, the bot among them.
await sim.changeRole(guild.id, guild.id, { permissions: String((1n << 10n) | (1n << 11n) | (1n << 30n) | (1n << 43n)) })
const emoji = await asBot(sim, 'POST', `/guilds/${guild.id}/emojis`, {
  body: { name: 'gear', image: 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==' },
})
assert.equal(emoji.status, 201, emoji.text)
const hall = await startGuildhall(test, sim)
const ada = await hall.login(sim, people.ada)
const list = async (what, token = ada) => hall.get(`/api/guilds/${guild.id}/${what}`, { token })

test('channels are those that Discord lists for the bot, categories with what is in them', async () => {
  const { status, body } = await list('channels')
  assert.equal(status, 200)
  const { body: discords } = await asBot(sim, 'GET', `/guilds/${guild.id}/channels`)
  assert.deepEqual(body.map(({ id }) => id).sort(), discords.map(({ id }) => id).sort())
  const place = body.findIndex(({ id }) => id === category.id)
  assert.deepEqual(body[place + 1], {
    id: inside.id,
    type: 0,
    name: 'inside',
    parentId: category.id,
    position: body[place + 1].position,
  })
})

test('roles have their names, @everyone last', async () => {
  const { body } = await list('roles')
  assert.ok(body.some(({ name }) => name === 'Helpers'))
  assert.equal(body.at(-1).name, '@everyone')
  assert.equal(body.at(-1).id, guild.id)
})

test('emojis have their names', async () => {
  const { body } = await list('emojis')
  assert.deepEqual(body, [{ id: emoji.body.id, name: 'gear', animated: true, available: true }])
})

test('members are found by what their names begin with', async () => {
  const { body } = await list('members?query=zo')
  assert.deepEqual(body, [
    { id: friend.id, username: 'zoe.z', globalName: 'Zoé', nick: null, avatar: body[0].avatar },
  ])
  assert.deepEqual((await list(`members?query=${encodeURIComponent('Zoé')}`)).body, body)
  assert.deepEqual((await list('members?query=nobody')).body, [])
})

for (const [query, field] of [
  ['', '/query'],
  ['?query=', '/query'],
  ['?query=a&limit=0', '/limit'],
  ['?query=a&limit=x', '/limit'],
  ['?query=a&query=b', '/query'],
  [`?query=${'a'.repeat(33)}`, '/query'],
]) {
  test(`members${query.slice(0, 20)} is refused at ${field}`, async () => {
    assertError(await list(`members${query}`), 422, { field })
  })
}

test('who may not manage the server sees none of them', async () => {
  const token = await hall.login(sim, friend)
  for (const what of ['channels', 'roles', 'emojis', 'members?query=a']) assertError(await list(what, token), 403)
})

test('while somebody types Discord is asked once for each beginning', async () => {
  const asked = async () => (await sim.requests('/guilds/:guild_id/members/search')).length
  const before = await asked()
  await Promise.all(Array.from({ length: 20 }, () => list('members?query=typed')))
  assert.equal((await asked()) - before, 1)
})
