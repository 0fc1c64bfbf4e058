// Guilds with hostile scripts do not delay another guild's buttons.
// @quiet
import assert from 'node:assert/strict'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { callCommand, componentsOf, newcomer, scriptedGuild } from '../harness/scripts.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const hostileGuilds = 8
const clicks = 6
const tooLate = 3_000_000 // µs; Discord waits as long

/** They wait for a timer and for Discord, and hold no place that a run of the neighbour needs. */
const attacks = [
  'await new Promise((resolve) => setTimeout(resolve, 4900))',
  'await interaction.deferUpdate(); await interaction.fetchReply(); await new Promise((r) => setTimeout(r, 4000))',
]

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const hall = await startGuildhall(test, sim)
const response = {
  content: 'Press',
  components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }],
}

/** A guild with a button that runs `script`, and people to press it. */
async function guildWith(script, crowd) {
  const { id } = await sim.guild({ owner: people.ada })
  const guild = await scriptedGuild(hall, sim, id, people.ada)
  const { trigger } = await guild.command({ response, interaction: script })
  const channel = await sim.channelOf(id)
  const persons = await Promise.all(Array.from({ length: crowd }, () => newcomer(sim, id)))
  const message = await callCommand(sim, channel, persons[0], `!${trigger}`)
  const press = (person) =>
    sim.interact(channel, person, { type: 3, messageId: message.id, customId: componentsOf(message)[0].custom_id })
  return { persons, press }
}

/** How long the script takes to answer each person of a guild, in microseconds, ascending; and what refused to run it. */
async function answerTimes({ persons, press }, count) {
  const times = []
  const refusals = []
  for (let i = 0; i < count; ++i) {
    const { id } = await press(persons[i % persons.length])
    const { message, answeredAfterUs } = await until(async () => {
      const interaction = await sim.interaction(id)
      return interaction.responses.length > 0 && interaction
    }, 'an answer')
    // A deferral shows the message as it was.
    const isDeferred = message?.content === response.content
    const isAnswered = message?.content === 'here'
    times.push(isAnswered ? answeredAfterUs : tooLate)
    if (!isAnswered && !isDeferred) refusals.push(message?.content)
  }
  return { times: times.sort((a, b) => a - b), refusals }
}

async function metric(name) {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await hall.get('/metrics')).text)[1])
}

const neighbour = await guildWith("await interaction.reply('here')", clicks)
/** Median and slowest, in milliseconds. */
const figures = ({ times }) => [times[times.length >> 1], times.at(-1)].map((time) => time / 1000).join(', at most ')

test('guilds whose scripts wait do not have a neighbour refused', async (t) => {
  const hostile = []
  for (let i = 0; i < hostileGuilds; ++i) hostile.push(await guildWith(attacks[i % attacks.length], 1))
  const quiet = await answerTimes(neighbour, clicks)
  await Promise.all(hostile.map(({ persons, press }) => press(persons[0])))
  await until(async () => (await metric('script_runs_idle')) > 4, 'more scripts to wait than there are places')
  const attacked = await answerTimes(neighbour, clicks)
  t.diagnostic(`ms quiet: ${figures(quiet)}; attacked: ${figures(attacked)}`)
  assert.deepEqual(attacked.refusals, [])
})

test('what waits is gone afterwards', async () => {
  await until(async () => (await metric('script_runs_idle')) + (await metric('script_runs_running')) === 0, 'the end')
})
