// A command that was answered 201 still exists after kill -9.
// @database
// @long
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertIntact, dialect } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

// Killing guildhall cannot damage a database server as it could a file.
const kills = dialect === 'sqlite' ? 50 : 10
const clients = 4

test(`${kills} kills lose no command that was answered 201`, async (t) => {
  const sim = await startSimulator(t)
  const guilds = await sim.guilds(clients)
  let hall = await startGuildhall(t, sim)
  const { env } = hall
  const token = await hall.login(sim, people.ada)
  const path = (guild) => `/api/guilds/${guild.id}/commands`
  const answered = new Map(guilds.map((guild) => [guild.id, new Map()]))
  let next = 0

  /** Creates commands until guildhall is killed. */
  async function createUntilKilled(guild) {
    for (;;) {
      const body = { trigger: `c${++next}`, response: { content: `text of ${next}` } }
      const answer = await hall.post(path(guild), { token, body }).catch(() => undefined)
      if (answer === undefined) return
      assert.equal(answer.status, 201, answer.text)
      answered.get(guild.id).set(body.trigger, answer.body)
    }
  }

  const total = () => [...answered.values()].reduce((sum, commands) => sum + commands.size, 0)

  for (let kill = 0; kill < kills; ++kill) {
    const before = total()
    const writers = guilds.map(createUntilKilled)
    await until(() => total() >= before + 1 + (kill % 7), 'commands to be created')
    await hall.program.kill()
    await Promise.all(writers)
    hall = await startGuildhall(t, sim, { env, synced: false })
  }

  for (const guild of guilds) {
    const commands = await hall.wholeCommands(path(guild), token)
    const listed = new Map(commands.map((command) => [command.trigger, command]))
    for (const [trigger, command] of answered.get(guild.id)) assert.deepEqual(listed.get(trigger), command, trigger)
  }
  await hall.stop()
  assertIntact(env)
  t.diagnostic(`${total()} commands over ${kills} kills`)
})
