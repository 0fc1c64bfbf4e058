// How long a person's cached guild list is used. These tests wait for the cache's minute, all at once.
// @long
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { guilds, permissions, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const cacheLimitMs = 60_000
const graceMs = 15_000

async function scene(t) {
  const sim = await startSimulator(t)
  const hall = await startGuildhall(t, sim)
  const person = await sim.person()
  await sim.member(guilds.workshop, person, permissions.manageGuild)
  const token = await hall.login(sim, person)
  const list = () => hall.get('/api/users/me/guilds', { token })
  const show = () => hall.get(`/api/guilds/${guilds.workshop}`, { token })
  assert.equal((await list()).body[0].manageable, true)
  assert.equal((await show()).status, 200)
  return { sim, person, list, show }
}

describe('after the cache has aged', { concurrency: true }, () => {
  for (const [name, fault] of [
    ['limits us', { rateLimit: { scope: 'user', retryAfter: 1 } }],
    ['fails', { status: 503 }],
    ['is away', { drop: true }],
  ]) {
    test(`while Discord ${name} the list is the old one, and says so`, async (t) => {
      const { sim, list } = await scene(t)
      await sim.fault({ route: '/users/@me/guilds', count: 100_000, ...fault })
      const stale = await until(
        async () => {
          const answer = await list()
          assert.equal(answer.status, 200, answer.text)
          return answer.headers.warning && answer
        },
        'a stale list',
        cacheLimitMs + graceMs,
      )
      assert.equal(stale.body[0].id, guilds.workshop)
      await sim.clearFaults()
      await until(async () => !(await list()).headers.warning, 'a fresh list')
    })
  }

  test('a person who lost the permission is refused within a minute', async (t) => {
    const { sim, person, show } = await scene(t)
    await sim.removeMember(guilds.workshop, person)
    await until(async () => (await show()).status === 403, 'an end of the rights', cacheLimitMs + graceMs)
  })

  test('an outdated guild list does not grant access', async (t) => {
    const { sim, show } = await scene(t)
    await sim.fault({ route: '/users/@me/guilds', count: 100_000, drop: true })
    await until(async () => (await show()).status === 503, 'an end of trust', cacheLimitMs + graceMs)
  })
})
