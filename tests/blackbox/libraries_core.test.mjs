// @discordjs/core, which hands Discord's own objects on, against the simulator.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import test from 'node:test'
import { answered, everyOption, everyValue, pixel, limited, requireLibrary, startWorld } from '../harness/libraries.mjs'
import { application, people } from '../harness/simulator.mjs'

const { Client, GatewayDispatchEvents, GatewayIntentBits } = requireLibrary('@discordjs/core')
const { REST } = requireLibrary('@discordjs/rest')
const { WebSocketManager } = requireLibrary('@discordjs/ws')
/** MessageFlags has no name for it yet. */
const isComponentsV2 = 1 << 15
const { sim, guildId, channelId } = await startWorld(test)
const intents = Object.values(GatewayIntentBits).reduce((all, bit) => (typeof bit === 'number' ? all | bit : all), 0)

async function login(scope, options = {}) {
  const rest = new REST({ version: '10', api: `${sim.url}/api` }).setToken(application.botToken)
  const gateway = new WebSocketManager({ token: application.botToken, intents, rest, ...options })
  const client = new Client({ rest, gateway })
  scope.after(() => gateway.destroy())
  const ready = once(client, GatewayDispatchEvents.Ready)
  const guilds = new Map()
  client.on(GatewayDispatchEvents.GuildCreate, ({ data }) => guilds.set(data.id, data))
  const guild = once(client, GatewayDispatchEvents.GuildCreate)
  await gateway.connect()
  await ready
  await guild
  return { client, api: client.api, guilds }
}

// Without the package zlib-sync it asks for single compressed payloads in the place of the stream.
for (const options of [{}, { compression: 'zlib-stream' }]) {
  test(`logs in with ${JSON.stringify(options)}`, limited, async (scope) => {
    const { client } = await login(scope, options)
    const { members } = await client.requestGuildMembers({ guild_id: guildId, query: '', limit: 0 })
    assert.deepEqual(members.map(({ user }) => user.username).sort(), ['ada', 'grace', 'guildhall', 'linus'])
  })
}

test('every resource', limited, async (scope) => {
  const { client, api } = await login(scope)
  const next = async (name, cause) => {
    const [event] = await Promise.all([once(client, name), cause()])
    return event[0].data
  }
  const message = await api.channels.createMessage(channelId, {
    content: 'Hello',
    files: [{ name: 'p.png', data: pixel }],
    attachments: [{ id: 0, description: 'A pixel' }],
  })
  assert.equal(message.attachments[0].description, 'A pixel')
  await api.channels.editMessage(channelId, message.id, { content: 'Edited' })
  await next('MESSAGE_REACTION_ADD', () => api.channels.addMessageReaction(channelId, message.id, '👍'))
  assert.equal((await api.channels.getMessageReactions(channelId, message.id, '👍')).length, 1)
  await next('CHANNEL_PINS_UPDATE', () => api.channels.pinMessage(channelId, message.id))
  assert.equal((await api.channels.getPins(channelId)).length, 1)
  const thread = await api.channels.createThread(channelId, { name: 'Thread' }, message.id)
  await next('THREAD_UPDATE', () => api.channels.edit(thread.id, { archived: true }))
  assert.equal((await api.channels.getArchivedThreads(channelId, 'public')).threads[0].id, thread.id)
  const webhook = await api.channels.createWebhook(channelId, { name: 'Herald' })
  const news = await api.webhooks.execute(webhook.id, webhook.token, { content: 'News', wait: true })
  assert.equal(news.webhook_id, webhook.id)

  const role = await api.guilds.createRole(guildId, { name: 'Red', permissions: '8192' })
  await next('GUILD_MEMBER_UPDATE', () => api.guilds.addRoleToMember(guildId, people.linus.id, role.id))
  assert.deepEqual((await api.guilds.searchForMembers(guildId, { query: 'lin' }))[0].roles, [role.id])
  const channel = await api.guilds.createChannel(guildId, { name: 'made' })
  await next('CHANNEL_UPDATE', () =>
    api.channels.editPermissionOverwrite(channel.id, role.id, { type: 0, allow: '0', deny: '1024' }),
  )
  await api.channels.delete(channel.id)
  await assert.rejects(api.guilds.getAuditLogs(guildId), /discord-sim does not have GET .*audit-logs/)
  await assert.rejects(
    api.channels.createMessage(channelId, { poll: { question: { text: '?' }, answers: [] } }),
    /discord-sim does not have poll/,
  )
})

test('every kind of interaction', limited, async (scope) => {
  const { client, api } = await login(scope)
  const got = []
  client.on(GatewayDispatchEvents.InteractionCreate, async ({ data: { id, token, type, data } }) => {
    got.push(data)
    if (type === 4) await api.interactions.createAutocompleteResponse(id, token, { choices: [{ name: 'One', value: 1 }] })
    else if (type === 5) await api.interactions.reply(id, token, { content: data.components[0].component.values.join() })
    else if (data.name === 'form') {
      await api.interactions.createModal(id, token, {
        custom_id: 'form',
        title: 'Form',
        components: [
          {
            type: 18,
            label: 'Choose',
            component: { type: 3, custom_id: 'choice', options: [{ label: 'A', value: 'a' }] },
          },
        ],
      })
    } else {
      await api.interactions.reply(id, token, {
        flags: isComponentsV2,
        components: [{ type: 10, content: JSON.stringify(data.options ?? data.target_id) }],
      })
    }
  })
  await api.applicationCommands.bulkOverwriteGuildCommands(application.id, guildId, [
    { name: 'everything', description: 'All', options: everyOption },
    { name: 'form', description: 'Asks' },
    {
      name: 'group',
      description: 'Groups',
      options: [
        {
          type: 1,
          name: 'sub',
          description: 'Sub',
          options: [{ type: 4, name: 'n', description: 'N', autocomplete: true }],
        },
      ],
    },
    { type: 2, name: 'User' },
    { type: 3, name: 'Message' },
  ])
  const use = async (fields) => answered(sim, await sim.interact(channelId, people.grace, fields))
  const everything = await use({ name: 'everything', ...everyValue(guildId, channelId) })
  assert.equal(JSON.parse(everything.message.components[0].content).length, everyOption.length)
  const guess = await use({ type: 4, name: 'group sub', options: { n: '1' }, focused: 'n' })
  assert.equal(guess.responses[0].data.choices[0].value, 1)
  assert.ok(got.at(-1).options[0].options[0].focused)
  await use({ name: 'User', commandType: 2, targetId: people.linus.id })
  assert.ok(got.at(-1).resolved.members[people.linus.id])
  const said = await sim.say(channelId, people.linus, 'Hi')
  await use({ name: 'Message', commandType: 3, targetId: said.id })
  assert.equal(got.at(-1).resolved.messages[said.id].content, 'Hi')
  const form = await use({ name: 'form' })
  const filled = await use({ type: 5, interactionId: form.id, fields: { choice: ['a'] } })
  assert.equal(filled.message.content, 'a')
})
