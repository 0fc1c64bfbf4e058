// Guilds with hostile scripts do not delay another guild's buttons.
import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startGuildhall } from '../harness/guildhall.mjs'
import { callCommand, componentsOf, newcomer, scriptedGuild } from '../harness/scripts.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const hostileGuilds = 20
const clicks = 40
/** ms. A neighbour's scripts use less than its share of the machine. */
const betweenClicks = 150
const tooLate = 3_000_000 // µs; Discord waits as long

const attacks = {
  sleeps: 'await new Promise((resolve) => setTimeout(resolve, 4900))',
  burns: 'for (;;);',
  wakes: 'await new Promise(() => setInterval(() => {}, 1))',
  asks: 'await interaction.deferUpdate(); for (;;) await interaction.fetchReply()',
  keeps:
    'const kept = new Uint8Array(40 << 20).fill(1); await new Promise((resolve) => setTimeout(resolve, 4900)); kept.at(1)',
}

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
    await pause(betweenClicks)
  }
  return { times: times.sort((a, b) => a - b), refusals }
}

const neighbour = await guildWith("await interaction.reply('here')", clicks)
/** Median and 99th of 100, in milliseconds. */
const figures = ({ times }) =>
  [times[times.length >> 1], times[Math.ceil(times.length * 0.99) - 1]].map((time) => time / 1000).join(', 99 %: ')

/** Lets people of hostile guilds press their buttons until the returned function is called. */
function attackWith(guilds, everyMs) {
  let going = true
  const crowds = guilds.map(async ({ persons, press }, i) => {
    await pause((everyMs * i) / guilds.length)
    for (let turn = 0; going; ++turn) await Promise.all([press(persons[turn % persons.length]), pause(everyMs)])
  })
  const end = () => {
    going = false
    return Promise.all(crowds)
  }
  after(end)
  return end
}

async function metric(name) {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await hall.get('/metrics')).text)[1])
}

await answerTimes(neighbour, 5)

test('twenty hostile guilds do not have a neighbour refused', async (t) => {
  const scripts = Object.values(attacks)
  const hostile = []
  for (let i = 0; i < hostileGuilds; ++i) hostile.push(await guildWith(scripts[i % scripts.length], 10))
  const quiet = await answerTimes(neighbour, clicks)
  const end = attackWith(hostile, 400)
  await until(async () => (await metric('script_runs_idle')) >= 8, 'the attack')
  const attacked = await answerTimes(neighbour, clicks)
  await end()
  t.diagnostic(`ms quiet: ${figures(quiet)}; attacked: ${figures(attacked)}`)
  assert.deepEqual(attacked.refusals, [])
})

test('what waits has bounds, and is gone afterwards', async () => {
  assert.ok((await metric('script_runs_idle')) <= 64)
  await until(async () => (await metric('script_runs_idle')) + (await metric('script_runs_running')) === 0, 'the end')
})
