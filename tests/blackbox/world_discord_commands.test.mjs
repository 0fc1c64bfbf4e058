// Registered application commands: only ours are ours to change.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { application, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const route = '/applications/:application_id/commands'

async function registered(sim) {
  const answer = await fetch(`${sim.api}/applications/${application.id}/commands`, {
    headers: { authorization: `Bot ${application.botToken}` },
  })
  return answer.json()
}

const overwrites = async (sim) => (await sim.requests(route, 'PUT')).length
const names = (commands) => commands.map(({ name }) => name).sort()
const registeredLine = ({ message }) => message === 'Slash commands registered'

/** The second start, by which nothing has changed at Discord but what `change` did. */
async function restart(t, sim, first, change) {
  await first.log(registeredLine, 'the commands to be registered')
  await first.stop()
  await change()
  await sim.forgetRequests()
  const again = await startGuildhall(t, sim, { env: first.env })
  await until(async () => (await sim.requests(route, 'GET')).length > 0, 'the commands to be read')
  return again
}

test('an Entry Point command and commands of other programs stay, with their ids', async (t) => {
  const sim = await startSimulator(t)
  const launch = await sim.registerCommand({ name: 'launch', type: 4, handler: 2 })
  const report = await sim.registerCommand({ name: 'Report', type: 3 })
  const theirs = await sim.registerCommand({
    name: 'theirs',
    description: 'Of another program',
    options: [{ type: 4, name: 'count', description: 'How many', min_value: 1, required: true }],
  })
  const hall = await startGuildhall(t, sim)
  await hall.log(registeredLine, 'the commands to be registered')
  const all = await registered(sim)
  assert.deepEqual(names(all), ['Report', 'commands', 'help', 'launch', 'ping', 'prefix', 'theirs'])
  for (const before of [launch, report, theirs]) {
    const after = all.find(({ name }) => name === before.name)
    assert.equal(after.id, before.id)
    assert.deepEqual(after.options, before.options)
    assert.equal(after.version, before.version, 'it has not changed')
  }
  await restart(t, sim, hall, () => {})
  assert.equal(await overwrites(sim), 0)
})

for (const [what, members] of [
  ['default_permission', { commandMembers: { default_permission: true } }],
  ['contexts', { commandMembers: { contexts: [0, 1, 2] } }],
  ['unknown members', { commandMembers: { popularity: 1 }, optionMembers: { autocomplete: false, future: {} } }],
  ['nulls and empty lists', { commandMembers: { localizations: [] }, optionMembers: { choices: [], min_length: null } }],
]) {
  test(`commands that Discord shows with ${what} are not registered anew`, async (t) => {
    const sim = await startSimulator(t)
    const first = await startGuildhall(t, sim)
    await restart(t, sim, first, () => sim.behave(members))
    assert.equal(await overwrites(sim), 0)
  })
}

test('a command of ours that somebody changed is registered anew', async (t) => {
  const sim = await startSimulator(t)
  const first = await startGuildhall(t, sim)
  const again = await restart(t, sim, first, () => sim.registerCommand({ name: 'ping', description: 'Something else' }))
  await again.log(registeredLine, 'the commands to be registered')
  const ping = (await registered(sim)).find(({ name }) => name === 'ping')
  assert.match(ping.description, /Checks whether/)
})

for (const [code, remedy] of [
  [50240, /Entry Point.*Activities/],
  [20012, /DISCORD_CLIENT_ID/],
  [30032, /Remove some/],
]) {
  test(`a refusal with ${code} says what to do, in the log and in readyz`, async (t) => {
    const sim = await startSimulator(t)
    const body = { message: 'No.', code }
    await sim.fault({ route, method: 'PUT', status: 400, body, count: 10 })
    const hall = await startGuildhall(t, sim)
    const { message } = await hall.log(({ level, message }) => level === 'error' && /^Slash/.test(message), 'the refusal')
    assert.match(message, remedy)
    assert.match(message, new RegExp(`code ${code}: No`))
    const { status, body: health } = await until(async () => {
      const answer = await hall.get('/readyz')
      return answer.body.bot.reason && answer
    }, 'the reason')
    assert.equal(status, 200)
    assert.deepEqual(health.bot, { state: 'up', reason: message })
  })
}

test('an Entry Point command that is made meanwhile is carried over', async (t) => {
  const sim = await startSimulator(t)
  await sim.fault({ route, method: 'GET', body: '[]' })
  await sim.registerCommand({ name: 'launch', type: 4, handler: 1 })
  const hall = await startGuildhall(t, sim)
  await hall.log(registeredLine, 'the commands to be registered')
  assert.ok(names(await registered(sim)).includes('launch'))
})
