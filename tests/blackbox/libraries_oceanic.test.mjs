// Oceanic.js as it is, against the simulator.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import test from 'node:test'
import { answered, assertFile, everyOption, everyValue, has, pixel, limited, requireLibrary, startWorld } from '../harness/libraries.mjs'
import { application, people } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const { Client, MessageFlags } = requireLibrary('oceanic.js')
const { sim, guildId, channelId } = await startWorld(test)

async function login(scope, gateway = {}) {
  const client = new Client({
    auth: `Bot ${application.botToken}`,
    rest: { baseURL: `${sim.url}/api/v10` },
    gateway: { intents: ['ALL'], autoReconnect: false, ...gateway },
    disableMemberLimitScaling: true,
  })
  const errors = []
  client.on('error', (error) => errors.push(error))
  scope.after(() => client.disconnect(false))
  await Promise.all([once(client, 'ready'), client.connect()])
  return client
}

const variants = [
  {},
  { compress: 'zlib-stream', compressLibrary: 'pako' },
  { compress: 'zlib-stream', compressLibrary: 'native' },
  ...(has('zlib-sync') ? [{ compress: 'zlib-stream', compressLibrary: 'zlib-sync' }] : []),
  ...(has('zstd-napi') ? [{ compress: 'zstd-stream', compressLibrary: 'zstd-napi' }] : []),
]
for (const gateway of variants) {
  test(`logs in with ${JSON.stringify(gateway)}`, limited, async (scope) => {
    const client = await login(scope, gateway)
    const guild = client.guilds.get(guildId)
    assert.equal(guild.name, 'Library')
    const members = await guild.fetchMembers()
    assert.equal(members.find(({ id }) => id === people.linus.id).nick, 'Tux')
  })
}

test('messages, threads and webhooks', limited, async (scope) => {
  const client = await login(scope)
  const { channels, webhooks } = client.rest
  const message = await channels.createMessage(channelId, {
    content: 'Hello',
    files: [{ name: 'p.png', contents: pixel, index: 0 }],
    attachments: [{ id: '0', description: 'A pixel' }],
  })
  const [attachment] = message.attachments.values()
  assert.equal(attachment.description, 'A pixel')
  await assertFile(attachment.url, pixel)
  const edited = once(client, 'messageUpdate')
  await message.edit({ content: 'Edited' })
  assert.equal((await edited)[0].content, 'Edited')
  const reacted = once(client, 'messageReactionAdd')
  await message.createReaction('👍')
  assert.equal((await reacted)[2].emoji.name, '👍')
  assert.equal((await message.getReactions('👍')).length, 1)
  await message.deleteReaction('👍')
  await message.pin()
  assert.equal((await channels.getPins(channelId))[0].message.id, message.id)
  assert.equal((await channels.getPinnedMessages(channelId))[0].id, message.id)
  await message.unpin()
  const gone = []
  for (const content of ['1', '2', '3']) gone.push((await channels.createMessage(channelId, { content })).id)
  const deleted = once(client, 'messageDeleteBulk')
  await channels.deleteMessages(channelId, gone)
  assert.equal((await deleted)[0].length, 3)

  const created = once(client, 'threadCreate')
  const thread = await message.startThread({ name: 'Thread' })
  assert.equal((await created)[0].id, thread.id)
  await thread.createMessage({ content: 'In it' })
  await thread.addMember(people.grace.id)
  assert.equal((await channels.getThreadMembers(thread.id)).length, 2)
  await thread.edit({ archived: true })
  assert.equal((await channels.getPublicArchivedThreads(channelId)).threads[0].id, thread.id)

  const webhook = await webhooks.create(channelId, { name: 'Herald' })
  const news = await webhooks.execute(webhook.id, webhook.token, { content: 'News', wait: true })
  assert.equal(news.webhookID, webhook.id)
  await webhooks.editMessage(webhook.id, webhook.token, news.id, { content: 'Old news' })
  assert.equal((await webhooks.getMessage(webhook.id, webhook.token, news.id)).content, 'Old news')
  await webhooks.deleteMessage(webhook.id, webhook.token, news.id)
  await webhook.delete()
})

test('members, roles, channels and overwrites', limited, async (scope) => {
  const client = await login(scope)
  const { guilds } = client.rest
  assert.equal((await guilds.searchMembers(guildId, { query: 'tu' }))[0].id, people.linus.id)
  assert.equal((await guilds.getMembers(guildId, { limit: 10 })).length, 4)
  const role = await guilds.createRole(guildId, { name: 'Red', color: 0xff0000, permissions: '8192' })
  const updated = once(client, 'guildMemberUpdate')
  await guilds.addMemberRole(guildId, people.linus.id, role.id)
  assert.deepEqual((await updated)[0].roles, [role.id])
  await guilds.editMember(guildId, people.linus.id, { nick: 'Torvalds', roles: [] })
  await guilds.editRole(guildId, role.id, { name: 'Blue' })
  const channel = await guilds.createChannel(guildId, 0, { name: 'made', topic: 'Topic' })
  await channel.editPermission(role.id, { type: 0, allow: '0', deny: '1024' })
  await until(() => client.getChannel(channel.id).permissionOverwrites.has(role.id), 'the overwrite')
  await channel.deletePermission(role.id)
  await channel.edit({ topic: 'Other' })
  await channel.delete()
  await guilds.deleteRole(guildId, role.id)
  const guest = await sim.person({ username: 'guest' })
  await sim.member(guildId, guest, '0')
  await guilds.createBan(guildId, guest.id, { reason: 'Spam' })
  assert.equal((await guilds.getBan(guildId, guest.id)).reason, 'Spam')
  await guilds.removeBan(guildId, guest.id)
  await assert.rejects(guilds.getOnboarding(guildId), /discord-sim does not have GET/)
})

test('commands, autocomplete, modals and Components V2', limited, async (scope) => {
  const client = await login(scope)
  client.on('interactionCreate', async (interaction) => {
    const { data } = interaction
    if (interaction.isAutocompleteInteraction()) await interaction.result([{ name: 'One', value: 'one' }])
    else if (interaction.isModalSubmitInteraction()) {
      await interaction.reply({ content: data.components.getTextInput('name') })
    } else if (interaction.isComponentInteraction()) {
      await interaction.editParent({ components: [{ type: 10, content: 'Pressed' }] })
    } else if (data.name === 'form') {
      await interaction.createModal({
        customID: 'form',
        title: 'Form',
        components: [{ type: 1, components: [{ type: 4, customID: 'name', label: 'Name', style: 1 }] }],
      })
    } else if (data.name === 'everything') {
      const { options } = data
      await interaction.reply({
        flags: MessageFlags.IS_COMPONENTS_V2,
        components: [
          { type: 10, content: `${options.getString('text')} ${options.getMember('person').username}` },
          {
            type: 17,
            components: [
              { type: 10, content: options.getAttachment('file').filename },
              { type: 1, components: [{ type: 2, style: 1, label: 'Press', customID: 'press' }] },
            ],
          },
        ],
      })
    } else {
      await interaction.defer()
      await interaction.editOriginal({ content: `On ${data.targetID}` })
      await interaction.createFollowup({ content: 'More', files: [{ name: 'p.png', contents: pixel }] })
    }
  })
  await client.application.bulkEditGlobalCommands([{ type: 2, name: 'User' }])
  await client.application.bulkEditGuildCommands(guildId, [
    { type: 1, name: 'everything', description: 'All', options: everyOption.map(({ max_length, min_value, max_value, ...rest }) => ({ ...rest, maxLength: max_length, minValue: min_value, maxValue: max_value })) },
    { type: 1, name: 'form', description: 'Asks' },
    { type: 1, name: 'guess', description: 'Completes', options: [{ type: 3, name: 'what', description: 'What', autocomplete: true }] },
    { type: 3, name: 'Message' },
  ])
  const use = async (fields) => answered(sim, await sim.interact(channelId, people.grace, fields))
  const everything = await use({ name: 'everything', ...everyValue(guildId, channelId) })
  assert.equal(everything.message.components[0].content, 'hello grace')
  assert.equal(everything.message.components[1].components[0].content, 'note.txt')
  const pressed = await use({ type: 3, messageId: everything.message.id, customId: 'press' })
  assert.equal(pressed.message.components[0].content, 'Pressed')
  const guess = await use({ type: 4, name: 'guess', options: { what: '' }, focused: 'what' })
  assert.equal(guess.responses[0].data.choices[0].value, 'one')
  const form = await use({ name: 'form' })
  const filled = await use({ type: 5, interactionId: form.id, fields: { name: 'Bob' } })
  assert.equal(filled.message.content, 'Bob')
  await use({ name: 'User', commandType: 2, targetId: people.linus.id })
  const said = await sim.say(channelId, people.linus, 'Hi')
  const quote = await sim.interact(channelId, people.grace, { name: 'Message', commandType: 3, targetId: said.id })
  const seen = await until(async () => {
    const interaction = await sim.interaction(quote.id)
    return interaction.followUps.length > 0 && interaction
  }, 'the follow-up')
  assert.equal(seen.message.content, `On ${said.id}`)
})
