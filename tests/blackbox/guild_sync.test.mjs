// At the start the guilds table is reconciled with Discord: the gateway and the bot's own list, page by page.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { application, guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const show = (hall, token, id) => hall.get(`/api/guilds/${id}`, { token })

test('450 guilds are fetched in pages of 200', async (t) => {
  const sim = await startSimulator(t)
  const own = await sim.guilds(450)
  await sim.forgetRequests()
  await sim.harm('refuseConnections', { count: 1000 })
  const hall = await startGuildhall(t, sim, { synced: false })
  await hall.log(({ message }) => message === 'Guilds reconciled', 'the list')
  const asked = (await sim.requests('/users/@me/guilds')).filter(({ status }) => status === 200)
  assert.ok(asked.length >= 3)
  for (const { path, headers } of asked) {
    const limit = new URL(path, sim.url).searchParams.get('limit')
    assert.ok(limit === null || limit === '200', path)
    assert.equal(headers.authorization, `Bot ${application.botToken}`)
  }
  const owner = await hall.login(sim, people.ada)
  for (const index of [0, 199, 200, 201, 399, 400, 449]) {
    assert.equal((await show(hall, owner, own[index].id)).body.name, own[index].name)
  }
})

test('a guild that the bot left is 404 and has its settings again once the bot is back', async (t) => {
  const sim = await startSimulator(t)
  const first = await startGuildhall(t, sim)
  const owner = await first.login(sim, people.ada)
  const body = { trigger: 'hi', response: { content: 'hello' } }
  await first.patch(`/api/guilds/${guilds.workshop}`, { token: owner, body: { prefix: '?', language: 'de' } })
  await first.post(`/api/guilds/${guilds.workshop}/commands`, { token: owner, body })
  const before = (await show(first, owner, guilds.workshop)).body
  await first.stop()

  await sim.changeGuild(guilds.workshop, { bot: false })
  const without = await startGuildhall(t, sim, { env: first.env })
  await until(async () => (await show(without, owner, guilds.workshop)).status === 404, 'it to be gone')
  const list = (await without.get('/api/users/me/guilds', { token: owner })).body
  assert.equal(list.find(({ id }) => id === guilds.workshop).botInGuild, false)
  await without.stop()

  await sim.changeGuild(guilds.workshop, { bot: true, name: 'Workshop, renamed' })
  const again = await startGuildhall(t, sim, { env: first.env })
  await until(async () => (await show(again, owner, guilds.workshop)).status === 200, 'its return')
  const { body: after } = await show(again, owner, guilds.workshop)
  assert.deepEqual({ ...after, updatedAt: before.updatedAt }, { ...before, name: 'Workshop, renamed' })
})

test('without a gateway the list decides, and a rate limit between pages is waited for', async (t) => {
  const sim = await startSimulator(t)
  const own = await sim.guilds(250)
  await sim.harm('refuseConnections', { count: 1000 })
  await sim.fault({ route: '/users/@me/guilds', rateLimit: { scope: 'user', retryAfter: 1 } })
  const hall = await startGuildhall(t, sim, { synced: false })
  await hall.log(({ message }) => message === 'Guilds reconciled', 'the list')
  const owner = await hall.login(sim, people.ada)
  assert.equal((await show(hall, owner, own[249].id)).status, 200)
  assert.equal((await hall.get('/readyz')).body.bot.state, 'down')
})

for (const [name, fault] of [
  ['an outage', { drop: true }],
  ['garbage', { garbage: true }],
  ['an error', { status: 500 }],
]) {
  test(`${name} at the start loses no guild`, async (t) => {
    const sim = await startSimulator(t)
    const first = await startGuildhall(t, sim)
    const owner = await first.login(sim, people.ada)
    await first.stop()
    await sim.fault({ route: '/users/@me/guilds', count: 1000, ...fault })
    const second = await startGuildhall(t, sim, { env: first.env, synced: false })
    await until(async () => (await sim.requests('/users/@me/guilds')).length > 0, 'a question for guilds')
    await sim.clearFaults()
    assert.equal((await show(second, owner, guilds.workshop)).status, 200)
  })
}

test('without a bot token the API runs and says so once', async (t) => {
  const sim = await startSimulator(t)
  const hall = await startGuildhall(t, sim, { env: { DISCORD_BOT_TOKEN: '' }, synced: false })
  const token = await hall.login(sim, people.ada)
  assert.equal((await hall.get('/api/users/me', { token })).status, 200)
  const said = hall.logs().filter(({ message }) => /DISCORD_BOT_TOKEN/.test(JSON.stringify(message)))
  assert.equal(said.length, 1, hall.program.output)
  const asked = await sim.requests('/users/@me/guilds')
  assert.deepEqual(
    asked.filter(({ headers }) => headers.authorization?.startsWith('Bot')),
    [],
  )
})

test('a bot token that Discord refuses is logged, without the token', async (t) => {
  const sim = await startSimulator(t)
  const wrong = 'MTE1MDAwMDAwMDAwMDAwMDAwMA.wrong.token'
  const hall = await startGuildhall(t, sim, { env: { DISCORD_BOT_TOKEN: wrong }, synced: false })
  await hall.log(
    ({ level, message }) => ['warn', 'error'].includes(level) && /token/i.test(message),
    'a log entry about the token',
  )
  assert.equal(hall.program.output.includes(wrong), false)
  assert.equal((await hall.get('/healthz')).status, 200)
})
