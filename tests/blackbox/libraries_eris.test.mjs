// Eris as it is, against the simulator. Eris speaks HTTPS only.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import https from 'node:https'
import test from 'node:test'
import { answered, assertFile, everyOption, everyValue, pixel, has, limited, requireLibrary, startWorld } from '../harness/libraries.mjs'
import { application, people } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const Eris = requireLibrary('eris')
const { sim, guildId, channelId } = await startWorld(test, { tls: true })
const ca = await readFile(sim.ca)

async function login(scope, options = {}) {
  // Eris has options for the host but not for the port, which an agent can set.
  const { hostname, port } = new URL(sim.httpsUrl)
  const agent = new https.Agent({ ca, port })
  const client = new Eris(`Bot ${application.botToken}`, {
    intents: ['all'],
    autoreconnect: false,
    restMode: true,
    rest: { agent, domain: hostname, baseURL: '/api/v10' },
    ws: { agent },
    ...options,
  })
  scope.after(() => client.disconnect({ reconnect: false }))
  await Promise.all([once(client, 'ready'), client.connect()])
  return client
}

// Eris decompresses with zlib-sync; what it does with pako suits a version before that of Oceanic.js.
for (const compress of has('zlib-sync') ? [false, true] : [false]) {
  test(`logs in ${compress ? 'with' : 'without'} compression`, limited, async (scope) => {
    const client = await login(scope, { compress })
    const guild = client.guilds.get(guildId)
    assert.equal(guild.name, 'Library')
    const members = await guild.fetchMembers()
    assert.equal(members.find(({ id }) => id === people.linus.id).nick, 'Tux')
  })
}

test('messages, threads and webhooks', limited, async (scope) => {
  const client = await login(scope)
  const message = await client.createMessage(
    channelId,
    { content: 'Hello', embeds: [{ title: 'Embed', image: { url: 'attachment://p.png' } }] },
    [{ name: 'p.png', file: pixel }],
  )
  assert.equal(message.attachments[0].filename, 'p.png')
  const edited = once(client, 'messageUpdate')
  await message.edit('Edited')
  assert.equal((await edited)[0].content, 'Edited')
  const reacted = once(client, 'messageReactionAdd')
  await message.addReaction('👍')
  assert.equal((await reacted)[1].name, '👍')
  assert.equal((await message.getReaction('👍')).length, 1)
  await message.removeReaction('👍')
  await message.pin()
  assert.equal((await client.getPins(channelId))[0].id, message.id)
  await message.unpin()
  const gone = []
  for (const text of ['1', '2', '3']) gone.push(await client.createMessage(channelId, text))
  const deleted = once(client, 'messageDeleteBulk')
  await client.deleteMessages(channelId, gone.map(({ id }) => id))
  assert.equal((await deleted)[0].length, 3)

  const created = once(client, 'threadCreate')
  const thread = await message.createThreadWithMessage({ name: 'Thread', autoArchiveDuration: 60 })
  assert.equal((await created)[0].id, thread.id)
  await client.createMessage(thread.id, 'In it')
  await client.joinThread(thread.id, people.grace.id)
  assert.equal((await client.getThreadMembers(thread.id)).length, 2)
  await client.editChannel(thread.id, { archived: true })
  assert.equal((await client.getArchivedThreads(channelId, 'public')).threads[0].id, thread.id)

  const webhook = await client.createChannelWebhook(channelId, { name: 'Herald' })
  const news = await client.executeWebhook(webhook.id, webhook.token, {
    content: 'News',
    wait: true,
    file: { name: 'p.png', file: pixel },
  })
  await assertFile(`${sim.url}${new URL(news.attachments[0].url).pathname}`, pixel)
  await client.editWebhookMessage(webhook.id, webhook.token, news.id, { content: 'Old news' })
  await client.deleteWebhookMessage(webhook.id, webhook.token, news.id)
  await client.deleteWebhook(webhook.id)
})

test('members, roles, channels and overwrites', limited, async (scope) => {
  const client = await login(scope)
  assert.equal((await client.searchGuildMembers(guildId, 'tu'))[0].id, people.linus.id)
  assert.equal((await client.getRESTGuildMembers(guildId, { limit: 10 })).length, 4)
  const role = await client.createRole(guildId, { name: 'Red', color: 0xff0000, permissions: 8192 })
  const updated = once(client, 'guildMemberUpdate')
  await client.addGuildMemberRole(guildId, people.linus.id, role.id)
  assert.deepEqual((await updated)[1].roles, [role.id])
  await client.editGuildMember(guildId, people.linus.id, { nick: 'Torvalds', roles: [] })
  await role.edit({ name: 'Blue' })
  const channel = await client.createChannel(guildId, 'made', 0, { topic: 'Topic' })
  await channel.editPermission(role.id, 0, 1024, 0)
  await until(() => client.getChannel(channel.id).permissionOverwrites.has(role.id), 'the overwrite')
  await channel.deletePermission(role.id)
  await channel.edit({ topic: 'Other' })
  await channel.delete()
  await role.delete()
  const guest = await sim.person({ username: 'guest' })
  await sim.member(guildId, guest, '0')
  await client.banGuildMember(guildId, guest.id, { reason: 'Spam' })
  assert.equal((await client.getGuildBan(guildId, guest.id)).user.id, guest.id)
  await client.unbanGuildMember(guildId, guest.id)
  await assert.rejects(client.getGuildIntegrations(guildId), /404 Not Found on GET/)
})

test('commands, autocomplete and modals', limited, async (scope) => {
  const client = await login(scope)
  client.on('interactionCreate', async (interaction) => {
    const { data } = interaction
    if (interaction instanceof Eris.AutocompleteInteraction) await interaction.result([{ name: 'One', value: 'one' }])
    else if (interaction instanceof Eris.ModalSubmitInteraction) {
      await interaction.createMessage(data.components[0].components[0].value)
    } else if (interaction instanceof Eris.ComponentInteraction) {
      await interaction.editParent({ content: data.values?.join() ?? 'pressed', components: [] })
    } else if (data.name === 'form') {
      await interaction.createModal({
        title: 'Form',
        custom_id: 'form',
        components: [{ type: 1, components: [{ type: 4, custom_id: 'name', label: 'Name', style: 1 }] }],
      })
    } else if (data.name === 'everything') {
      await interaction.createMessage({
        content: `${data.options.length} ${data.resolved.members.get(people.grace.id).username}`,
        components: [
          { type: 1, components: [{ type: 2, style: 1, label: 'Press', custom_id: 'press' }] },
          { type: 1, components: [{ type: 5, custom_id: 'who' }] },
        ],
      })
    } else {
      await interaction.defer()
      await interaction.editOriginalMessage(`On ${data.target_id}`)
      await interaction.createFollowup('More', [{ name: 'p.png', file: pixel }])
    }
  })
  await client.bulkEditCommands([{ type: 2, name: 'User' }])
  await client.bulkEditGuildCommands(guildId, [
    { type: 1, name: 'everything', description: 'All', options: everyOption },
    { type: 1, name: 'form', description: 'Asks' },
    { type: 1, name: 'guess', description: 'Completes', options: [{ type: 3, name: 'what', description: 'What', autocomplete: true }] },
    { type: 3, name: 'Message' },
  ])
  const use = async (fields) => answered(sim, await sim.interact(channelId, people.grace, fields))
  const everything = await use({ name: 'everything', ...everyValue(guildId, channelId) })
  assert.equal(everything.message.content, '9 grace')
  const chosen = await use({ type: 3, messageId: everything.message.id, customId: 'who', values: [people.linus.id] })
  assert.equal(chosen.message.content, people.linus.id)
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
