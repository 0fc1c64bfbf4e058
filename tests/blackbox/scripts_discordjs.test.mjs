// The same scripts in guildhall's sandbox and on discord.js make the same requests in the same order.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { describe } from 'node:test'
import { startDiscordJsBot } from '../harness/discordjs.mjs'
import { requestsFitDiscord } from '../harness/discord_document.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, root } from '../harness/paths.mjs'
import { callCommand, componentsOf, newcomer, scriptedGuild } from '../harness/scripts.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const response = {
  content: 'Use one',
  embeds: [{ title: 'Above', fields: [{ name: 'Field', value: 'of it' }] }],
  components: [
    { type: 1, components: [{ type: 2, style: 1, label: 'Press', custom_id: 'button:1' }] },
    {
      type: 1,
      components: [
        {
          type: 3,
          custom_id: 'menu',
          placeholder: 'Colours',
          min_values: 1,
          max_values: 2,
          options: ['red', 'green', 'blue'].map((value) => ({ label: value, value })),
        },
      ],
    },
    { type: 1, components: [{ type: 5, custom_id: 'people', placeholder: 'Somebody' }] },
  ],
}

const folder = join(root, 'tests/discordjs/scripts')
const scripts = readdirSync(folder).map((file) => {
  const script = readFileSync(join(folder, file), 'utf8')
  const [, which, values] = /^\/\/ use: (\w+)(?: (.+))?$/m.exec(script)
  return { trigger: file.replace('.js', ''), script, which, values: values?.split(', ') }
})

/** Gives the guild a few roles, of which the persons who use the scripts have two. */
async function makeRoles(sim) {
  const roles = []
  for (const fields of [
    { name: 'below', color: 0x00ff00, hoist: true },
    { name: 'above', color: 0x0000ab, mentionable: true },
    { name: 'top', hoist: true },
  ]) {
    roles.push(await sim.role(guilds.workshop, fields))
  }
  sim.roleIds = roles.slice(0, 2).map(({ id }) => id)
}

/** A simulator and the program that runs the scripts. */
async function startOurs() {
  const sim = await startSimulator(test)
  await sim.changeRateLimits({ lifted: true })
  await makeRoles(sim)
  const hall = await startGuildhall(test, sim)
  const guild = await scriptedGuild(hall, sim, guilds.workshop, people.ada)
  for (const { trigger, script } of scripts) await guild.command({ trigger, response, interaction: script })
  return sim
}

async function startTheirs() {
  const sim = await startSimulator(test)
  await sim.changeRateLimits({ lifted: true })
  await makeRoles(sim)
  const file = join(await freshDirectory(test), 'scripts.json')
  const commands = Object.fromEntries(scripts.map(({ trigger, script }) => [trigger, { response, script }]))
  await writeFile(file, JSON.stringify(commands))
  await startDiscordJsBot(test, sim, { file: 'script_bot.mjs', env: { SCRIPTS: file } })
  return sim
}

const [ours, theirs] = await Promise.all([startOurs(), startTheirs()])

/** guildhall signs custom ids; the author's own follows the dot. */
const authorsId = (id) => id.replace(/^[\w-]{20,}\./, '')

/** Members that mean nothing when they are false or 0. */
const usual = new Set(['tts', 'flags', 'disabled', 'inline', 'enforce_nonce'])

/** JSON without null and default members. */
function meaning(value, key) {
  if (Array.isArray(value)) return value.map((one) => meaning(one))
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, one]) => [name, meaning(one, name)])
    const says = ([name, one]) =>
      one != null && ((one !== false && one !== 0) || !usual.has(name)) && !(name === 'type' && one === 'rich')
    return Object.fromEntries(members.filter(says).sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  return key === 'custom_id' ? authorsId(value) : value
}

/** The successful requests for an interaction: `POST /webhooks/... {...}`. */
async function told(sim, token) {
  const requests = (await sim.requests()).filter(({ path, status }) => path.includes(token) && status < 300)
  // The original message may be requested as @original or by its id.
  return requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, route, body }) => ({
      request: `${method} ${route.replace(/@original|:message_id/, '...')}`,
      ...meaning(body ? JSON.parse(body) : {}),
    }))
}

/** Calls the command, uses its component, and waits until no more requests follow. */
async function use(sim, { trigger, which, values }, person, expected) {
  const channel = (await sim.channel(guilds.workshop)).id
  const message = await callCommand(sim, channel, person, `!${trigger} one two`)
  const component = componentsOf(message).find(({ custom_id: id }) => authorsId(id).startsWith(which))
  const { id } = await sim.interact(channel, person, {
    type: 3,
    messageId: message.id,
    customId: component.custom_id,
    ...(values && { values }),
  })
  const { token } = await sim.interaction(id)
  return until(async () => {
    const requests = await told(sim, token)
    return expected(requests) && requests
  }, `what ${trigger} tells Discord`)
}

/** The number of a script's calls that send something and are not refused. */
const sent = (script) => Number(/^\/\/ tells: (\d+)$/m.exec(script)?.[1])

describe('scripts', () => {
  for (const one of scripts) {
    test(one.trigger.replaceAll('_', ' '), async () => {
      const all = (requests) => requests.length >= sent(one.script)
      // A new person each time, because of the cooldown, with the same name in both simulators.
      const fields = { username: `user_${one.trigger}`, globalName: 'Somebody', avatar: 'a_0123456789abcdef' }
      const persons = await Promise.all([ours, theirs].map((sim) => newcomer(sim, guilds.workshop, fields)))
      await Promise.all(
        [ours, theirs].map((sim, i) => {
          const fields = { roles: sim.roleIds, nick: 'Nick' }
          return sim.changeMember(guilds.workshop, persons[i], fields)
        }),
      )
      const names = persons.map(({ id }) => id)
      const [here, there] = await Promise.all([ours, theirs].map((sim, i) => use(sim, one, persons[i], all)))
      const anonymous = (requests, id) => JSON.parse(JSON.stringify(requests).replaceAll(id, 'PERSON'))
      assert.deepEqual(anonymous(here, names[0]), anonymous(there, names[1]))
    })
  }
})

test('all requests match Discord’s OpenAPI document', async () => {
  await requestsFitDiscord(ours, { by: ({ headers }) => /guildhall/.test(headers['user-agent']) })
})
