// An unmodified bot written with discord.js works with the simulator.
import assert from 'node:assert/strict'
import test from 'node:test'
import { requestsFitDiscord } from '../harness/discord_document.mjs'
import { asBot } from '../harness/bot_request.mjs'
import { startDiscordJsBot } from '../harness/discordjs.mjs'
import { application, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const guild = await sim.guild({ channels: [{ name: 'bots' }] })
const channel = guild.channels[0].id
const bot = await startDiscordJsBot(test, sim)

const say = (content) => sim.say(channel, people.ada, content)
/** The bot's first message for which `matches` is true. */
const reply = (matches, what) =>
  until(
    async () =>
      (await sim.messages(channel)).find((message) => message.author.id === application.id && matches(message)),
    what,
  )
/** An interaction, once the bot has responded. */
async function answered(fields, ready = ({ responses }) => responses.length > 0) {
  const { id } = await sim.interact(channel, people.ada, fields)
  return until(
    async () => {
      const interaction = await sim.interaction(id)
      return ready(interaction) && interaction
    },
    `the answer to ${JSON.stringify(fields)}`,
  )
}

test('it replies to a message, and edits its reply', async () => {
  const asked = await say('!hello')
  const answer = await reply(({ edited_timestamp }) => edited_timestamp, 'an edited reply')
  assert.equal(answer.content, 'Hello, edited')
  assert.equal(answer.message_reference.message_id, asked.id)
  assert.equal(answer.referenced_message.content, '!hello')
  assert.deepEqual(answer.mentions, [], 'its first text named somebody, its second one nobody')
})

test('it sends embeds and components', async () => {
  await say('!embed')
  const { embeds, components } = await reply(({ embeds: list }) => list.length > 0, 'an embed')
  assert.equal(embeds[0].fields[1].value, 'Running')
  assert.deepEqual(
    components.map(({ components: parts }) => parts.length),
    [4, 1],
  )
})

test('it waits for an empty bucket and loses nothing', async () => {
  await say('!burst')
  await until(
    async () => (await sim.messages(channel)).filter(({ content }) => content.startsWith('Burst')).length === 7,
    'all seven',
  )
})

test('it reads history and members, deletes, and sends a direct message', async () => {
  await say('first')
  await say('second')
  await say('!history')
  await reply(({ content }) => content === 'Before that: second | first', 'the history')
  await say('!member')
  await reply(({ content }) => /^You are Ada Lovelace with \d+ roles$/.test(content), 'the member')
  await say('!delete')
  const deleted = (
    await until(async () => {
      const requests = await sim.requests('/channels/:channel_id/messages/:message_id', 'DELETE')
      return requests.length > 0 && requests
    }, 'a deletion')
  )[0]
  assert.equal(deleted.status, 204)
  assert.ok(!(await sim.messages(channel)).some(({ content }) => content === 'Soon gone'))
  await say('!dm')
  const [opened] = await until(async () => {
    const requests = await sim.requests('/users/@me/channels', 'POST')
    return requests.length > 0 && requests
  }, 'a direct message')
  assert.equal(JSON.parse(opened.body).recipient_id, people.ada.id)
})

test('its commands are called', async () => {
  const pong = await answered({ name: 'ping', options: { input: 'you' } })
  assert.equal(pong.message.content, 'Pong! you')
  assert.equal(pong.message.interaction.name, 'ping')
  assert.equal(pong.message.interaction_metadata.user.id, people.ada.id)
  const tagged = await answered({ name: 'tag add', options: { name: 'rules', owner: people.ada.id } })
  assert.equal(tagged.message.content, 'add rules of ada')
})

test('it defers, edits its response and follows up', async () => {
  const slow = await answered({ name: 'slow' }, ({ followUps }) => followUps.length > 0)
  assert.equal(slow.responses[0].type, 5)
  assert.equal(slow.message.content, 'Done at last')
  assert.equal(slow.message.flags & 128, 0, 'not thinking any more')
  assert.equal(slow.followUps[0].content, 'And one more thing')
})

test('its ephemeral message is shown to nobody else', async () => {
  const secret = await answered({ name: 'secret' })
  assert.equal(secret.message.flags & 64, 64)
  assert.equal(secret.message.content, 'Only for you, Ada Lovelace')
  const answer = await asBot(sim, 'GET', `/channels/${channel}/messages/${secret.message.id}`)
  assert.deepEqual([answer.status, answer.body.code], [404, 10008])
})

test('buttons update their message, and menus return the chosen values', async () => {
  const shown = await answered({ name: 'panel' })
  await bot.line((line) => line === `panel is message ${shown.message.id}`, 'the message in the callback response')
  const messageId = shown.message.id
  const counted = await answered({ type: 3, messageId, customId: 'count:0' }, ({ followUps }) => followUps.length > 0)
  assert.equal(counted.message.id, messageId)
  assert.equal(counted.message.embeds[0].description, 'Clicked **1** times')
  assert.equal(counted.followUps[0].flags & 64, 64)
  const chosen = await answered({ type: 3, messageId, customId: 'colour', values: ['blue'] })
  assert.equal(chosen.message.content, 'You chose blue')
  const later = await answered(
    { type: 3, messageId, customId: 'later' },
    ({ message }) => message?.components.length === 0,
  )
  assert.deepEqual([later.message.content, later.message.components], ['It is later now', []])
})

test('an interaction that it does not answer has failed', async () => {
  const failed = await answered({ name: 'silent' }, (interaction) => interaction.failed)
  assert.deepEqual(failed.responses, [])
})

test('all its requests match Discord’s OpenAPI document', async () => {
  // discord.js sends `tts` and `enforce_nonce` with every edit.
  await requestsFitDiscord(sim, { tolerated: true })
  const refused = (await sim.requests()).filter(({ status, headers }) => status >= 400 && headers['user-agent'])
  assert.deepEqual(
    refused.map(({ method, path, status }) => `${method} ${path} ${status}`),
    [],
    'it was never told no',
  )
})
