// How often commands were used, and failed: GET /api/guilds/:id/stats.
// @database
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, permissions, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const guild = await sim.guild()
const channel = await sim.channelOf(guild.id)
const hall = await startGuildhall(test, sim)
const token = await hall.login(sim, people.ada)

const stats = (query = '', options = { token }) => hall.get(`/api/guilds/${guild.id}/stats${query}`, options)

async function command(trigger) {
  const body = { trigger, response: { content: 'x' } }
  const made = await hall.post(`/api/guilds/${guild.id}/commands`, { token, body })
  assert.equal(made.status, 201, made.text)
  return made.body.id
}

/** As a new member of the guild, because each member has a cooldown. */
async function newcomerSays(content, where = channel) {
  const person = await sim.person()
  await sim.member(guild.id, person, permissions.none)
  return sim.say(where, person, content)
}

const today = () => new Date().toISOString().slice(0, 10)

test('without uses there are days with nothing', async () => {
  const { status, body } = await stats()
  assert.equal(status, 200)
  assert.equal(body.timeZone, 'UTC')
  assert.equal(body.days.length, 30)
  assert.ok(body.days.every(({ uses, failures }) => uses === 0 && failures === 0))
  assert.deepEqual(body.days.map(({ day }) => day), body.days.map(({ day }) => day).sort())
  assert.deepEqual(body.commands, [])
})

test('uses and failures are counted by day and by command', async () => {
  const often = await command('often')
  const seldom = await command('seldom')
  const before = today()
  for (let i = 0; i < 3; ++i) await newcomerSays('!often')
  await newcomerSays('!seldom')
  await newcomerSays('no command')
  const counted = await until(async () => {
    const { body } = await stats('?days=2')
    return body.commands.reduce((sum, { uses }) => sum + uses, 0) === 4 && body
  }, 'four uses')
  assert.deepEqual(counted.commands, [
    { commandId: often, uses: 3, failures: 0, lastFailureAt: null, lastFailure: null },
    { commandId: seldom, uses: 1, failures: 0, lastFailureAt: null, lastFailure: null },
  ])
  assert.equal(counted.days.length, 2)
  // Unless midnight is just passing.
  if (before === today()) assert.deepEqual(counted.days.at(-1), { day: before, uses: 4, failures: 0 })
})

test('a failure says when and why', async () => {
  const silenced = await sim.channel(guild.id, { name: 'silenced' })
  await sim.fault({
    method: 'POST',
    route: '/channels/:channel_id/messages',
    status: 403,
    body: JSON.stringify({ message: 'Missing Permissions', code: 50013 }),
  })
  const id = await command('refused')
  await newcomerSays('!refused', silenced.id)
  const failed = await until(async () => {
    const { body } = await stats('?days=1')
    return body.commands.find(({ commandId, failures }) => commandId === id && failures === 1)
  }, 'a failure')
  assert.equal(failed.uses, 1)
  assert.match(failed.lastFailure, /Send Messages/)
  assert.ok(Math.abs(Date.parse(failed.lastFailureAt) - Date.now()) < 60_000)
})

for (const query of ['?days=0', '?days=91', '?days=x', '?days=1&days=2']) {
  test(`${query} is refused`, async () => assertError(await stats(query), 422, { field: '/days' }))
}

test('counts are for those who may see the server', async () => {
  assertError(await stats('', {}), 401)
  const stranger = await sim.person()
  await sim.member(guild.id, stranger, permissions.none)
  assertError(await stats('', { token: await hall.login(sim, stranger) }), 403)
})
