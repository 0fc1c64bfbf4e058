// A short page is not the last page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const route = '/users/@me/guilds'

for (const guildsPerPage of [199, 100, 7, 1]) {
  test(`pages of ${guildsPerPage} guilds lose none of the bot's`, async (t) => {
    const sim = await startSimulator(t)
    await sim.changeRateLimits({ lifted: true })
    const count = guildsPerPage === 1 ? 5 : 260
    const ids = await sim.manyGuilds(count)
    await sim.behave({ guildsPerPage })
    await sim.harm('refuseConnections', { count: 1000 })
    const hall = await startGuildhall(t, sim, { synced: false })
    const { guilds } = await hall.log(({ message }) => message === 'Guilds reconciled', 'the list')
    assert.equal(Number(guilds), count + 2)
    // A person's own list ends with a page of less than half of the limit.
    const ada = await hall.login(sim, people.ada)
    const { status } = await hall.get(`/api/guilds/${ids.at(-1)}`, { token: ada })
    assert.equal(status, guildsPerPage < 100 ? 403 : 200)
  })
}

test('guilds after a short page are not left', async (t) => {
  const sim = await startSimulator(t)
  await sim.changeRateLimits({ lifted: true })
  const ids = await sim.manyGuilds(210)
  const first = await startGuildhall(t, sim)
  const ada = await first.login(sim, people.ada)
  const show = (hall) => hall.get(`/api/guilds/${ids.at(-1)}`, { token: ada })
  await until(async () => (await show(first)).status === 200, 'the guild')
  await first.stop()
  await sim.behave({ guildsPerPage: 150 })
  await sim.harm('refuseConnections', { count: 1000 })
  const again = await startGuildhall(t, sim, { env: first.env, synced: false })
  const { left } = await again.log(({ message }) => message === 'Guilds reconciled', 'the list')
  assert.equal(Number(left), 0)
  assert.equal((await show(again)).status, 200)
})

for (const guildsPerPage of [199, 100]) {
  test(`a person sees all guilds with pages of ${guildsPerPage}`, async (t) => {
    const sim = await startSimulator(t)
    await sim.changeRateLimits({ lifted: true })
    const person = await sim.person()
    await sim.manyGuilds(200, { owner: person })
    const hall = await startGuildhall(t, sim)
    await sim.behave({ guildsPerPage })
    const { body } = await hall.get('/api/users/me/guilds', { token: await hall.login(sim, person) })
    assert.equal(body.length, 200)
  })
}

test('a page that repeats itself ends the list', async (t) => {
  const sim = await startSimulator(t)
  const page = [{ id: '3000000000000000001', name: 'Workshop', icon: null, owner: true, permissions: '8', features: [] }]
  await sim.harm('refuseConnections', { count: 1000 })
  await sim.fault({ route, count: 1000, status: 200, body: page })
  const hall = await startGuildhall(t, sim, { synced: false })
  const { guilds } = await hall.log(({ message }) => message === 'Guilds reconciled', 'the list')
  assert.equal(Number(guilds), 1)
  assert.equal((await sim.requests(route)).length, 2)
})
