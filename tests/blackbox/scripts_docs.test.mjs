// Each example of docs/scripts.md works, with each of its components.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { describe } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { root } from '../harness/paths.mjs'
import { callCommand, componentsOf, newcomer, scriptedGuild, useComponent } from '../harness/scripts.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const page = await readFile(join(root, 'docs/scripts.md'), 'utf8')
const block = (language, text) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(text)?.[1]

/** `### A counter`, its JSON, `Called by ...` and its script. */
const examples = page
  .split(/^### /m)
  .slice(1)
  .map((text) => ({
    name: text.split('\n')[0],
    command: JSON.parse(block('json', text)),
    call: /^Called by `(.+)`\.$/m.exec(text)?.[1],
    script: block('js', text),
  }))

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const hall = await startGuildhall(test, sim)
const guild = await scriptedGuild(hall, sim, guilds.workshop, people.ada)
const button = 2
const stringSelect = 3

/** The possible choices in a component. */
function choices({ type, options, min_values: least = 1, max_values: most = 1 }) {
  if (type === button) return [undefined]
  if (type !== stringSelect) return [[people.grace.id]]
  const values = options.map(({ value }) => value)
  return [values.slice(0, most), ...(least === 0 ? [[]] : [])]
}

/** The arguments after the trigger, with quotes as the bot reads them. */
const args = (call) => [...call.matchAll(/"([^"]*)"|(\S+)/g)].slice(1).map(([, quoted, word]) => quoted ?? word)

test('there are ten of them', () => assert.equal(examples.length, 10))

describe('examples', { concurrency: 3 }, () => {
  for (const { name, command, call, script } of examples) {
    test(name, async () => {
      const saved = await guild.command({ ...command, interaction: script })
      const channel = (await sim.channel(guilds.workshop)).id
      for (const [index, { disabled }] of componentsOf(command.response).entries()) {
        if (disabled) continue
        // Each on its own message, because some remove the components, and by a new person, because of the cooldown.
        const person = await newcomer(sim, guilds.workshop)
        const message = await callCommand(sim, channel, person, call)
        const component = componentsOf(message)[index]
        for (const values of choices(component)) {
          const customId = component.custom_id.split('.').slice(1).join('.')
          const used = await useComponent(sim, channel, person, message, component, { values })
          assert.equal(used.failed, false)
          assert.doesNotMatch(used.message?.content ?? '', /script/i, 'no excuse of ours')
          await assertCompletes(saved, script, { customId, values, component, args: args(call) })
        }
      }
    })
  }
})

/** Asserts that a run completes, without Discord. */
async function assertCompletes(saved, script, { customId, values, component, args: given }) {
  const interaction = { customId, ...(values && { values }), componentType: component.type }
  const { ending, error, calls } = await guild.run(script, { command: saved, interaction, args: given })
  assert.equal(ending, 'completed', `${error?.name}: ${error?.message} at ${error?.line}`)
  assert.ok(calls.length > 0)
}

test('each does what it shows', async () => {
  const channel = (await sim.channel(guilds.workshop)).id
  let person
  const call = async (content) => {
    person = await newcomer(sim, guilds.workshop)
    return callCommand(sim, channel, person, content)
  }
  const press = async (message, label, options) => {
    const component = componentsOf(message).find((one) => one.label === label || one.placeholder === label)
    return useComponent(sim, channel, person, message, component, options)
  }
  const counted = await press(await call('!count'), '0')
  assert.equal(componentsOf(counted.message)[0].label, '1')
  const again = await press(counted.message, '1')
  assert.equal(componentsOf(again.message)[0].label, '2')

  const poll = await call('!poll "Pizza tonight?"')
  const voted = await press(poll, 'Your vote', { values: ['No'], ready: ({ followUps }) => followUps.length > 0 })
  assert.deepEqual(voted.message.embeds[0].fields.map(({ value }) => value), ['0', '1'])
  assert.equal(voted.followUps[0].content, 'You voted No.')

  const asked = await call('!announce "We meet at nine"')
  const stranger = await useComponent(sim, channel, people.grace, asked, componentsOf(asked)[0])
  assert.equal(stranger.message.flags & 64, 64, 'who did not call is told so alone')
  const yes = await press(asked, 'Yes', { ready: ({ followUps }) => followUps.length > 0 })
  assert.equal(yes.message.content, 'Announced.')
  assert.equal(yes.followUps[0].embeds[0].title, 'We meet at nine')

  const turned = await press(await call('!guide'), 'Next')
  assert.equal(turned.message.embeds[0].title, 'Guide, page 2 of 3')

  const rolled = await press(await call('!dice'), 'Roll', {
    ready: ({ message }) => /rolls \d and \d: \d+\.$/.test(message?.content),
  })
  assert.equal(rolled.responses[0].type, 5)

  const launched = await press(await call('!launch'), 'Launch', {
    ready: ({ message }) => message?.content === 'Lift-off!',
  })
  assert.deepEqual(launched.message.components, [])

  const told = await press(await call('!story'), 'Go on', {
    ready: ({ followUps }) => followUps.length === 2,
  })
  assert.equal(told.message.content, 'Once there was a bot.')
})
