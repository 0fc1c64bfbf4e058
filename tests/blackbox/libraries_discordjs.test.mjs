// discord.js as it is, against the simulator.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import test from 'node:test'
import {
  answered,
  assertFile,
  everyOption,
  limited,
  everyValue,
  pixel,
  requireLibrary,
  startWorld,
} from '../harness/libraries.mjs'
import { application, people } from '../harness/simulator.mjs'

const discord = requireLibrary('discord.js')
const { sim, guildId, channelId } = await startWorld(test)
const intents = Object.values(discord.GatewayIntentBits).filter((bit) => typeof bit === 'number')

async function login(scope, options = {}) {
  const client = new discord.Client({ intents, rest: { api: `${sim.url}/api` }, partials: [discord.Partials.Message], ...options })
  scope.after(() => client.destroy())
  const ready = once(client, discord.Events.ClientReady)
  await client.login(application.botToken)
  await ready
  return client
}

/** The next event of that name for which `wanted` holds, once `cause` has been called. */
async function eventOf(client, name, cause, wanted = () => true) {
  const seen = new Promise((resolve) => {
    const listen = (...args) => {
      if (!wanted(...args)) return
      client.off(name, listen)
      resolve(args)
    }
    client.on(name, listen)
  })
  await cause()
  return seen
}

/** The same of the gateway itself: discord.js has no event of what the response to its request has removed already. */
const dispatchOf = (client, name, cause) => eventOf(client, discord.Events.Raw, cause, ({ t }) => t === name)

// Without the package zlib-sync, discord.js asks for single compressed payloads in the place of the stream.
for (const compression of [null, 'zlib-stream']) {
  test(`logs in with compression ${compression}`, limited, async (scope) => {
    const client = await login(scope, { ws: { compression } })
    assert.equal(client.guilds.cache.get(guildId).name, 'Library')
    const members = await client.guilds.cache.get(guildId).members.fetch()
    assert.equal(members.get(people.linus.id).nickname, 'Tux')
  })
}

test('messages', limited, async (scope) => {
  const client = await login(scope)
  const channel = client.channels.cache.get(channelId)
  const [[, edited], message] = await (async () => {
    const sent = await channel.send({
      content: 'Hello',
      embeds: [new discord.EmbedBuilder().setTitle('Embed').setImage('attachment://pixel.png')],
      files: [
        new discord.AttachmentBuilder(pixel, { name: 'pixel.png', description: 'A pixel' }),
        { attachment: Buffer.from('text'), name: 'note.txt' },
      ],
    })
    return [await eventOf(client, 'messageUpdate', () => sent.edit({ content: 'Edited' })), sent]
  })()
  assert.equal(edited.content, 'Edited')
  const [picture, note] = [...edited.attachments.values()]
  assert.deepEqual([picture.width, picture.height, picture.description], [1, 1, 'A pixel'])
  await assertFile(picture.url, pixel)
  await assertFile(note.url, 'text')
  assert.equal(edited.embeds[0].image.url, picture.url)
  const kept = await message.edit({ attachments: [picture] })
  assert.equal(kept.attachments.size, 1)

  await eventOf(client, 'messageReactionAdd', () => message.react('👍'))
  const emoji = await channel.guild.emojis.create({ attachment: pixel, name: 'dot' })
  const [reaction] = await eventOf(client, 'messageReactionAdd', () => message.react(emoji))
  assert.equal(reaction.emoji.id, emoji.id)
  await assert.rejects(message.react('nothing'), { code: 10014 })
  assert.deepEqual([...(await message.reactions.cache.get('👍').users.fetch()).keys()], [client.user.id])
  await eventOf(client, 'messageReactionRemove', () => message.reactions.cache.get('👍').users.remove())
  await eventOf(client, 'messageReactionRemoveEmoji', () => message.reactions.cache.get(emoji.id).remove())
  await eventOf(client, 'messageReactionRemoveAll', () => message.reactions.removeAll())

  await eventOf(client, 'channelPinsUpdate', () => message.pin())
  assert.equal((await channel.messages.fetchPins()).items[0].message.id, message.id)
  await message.unpin()
  const reply = await message.reply('Reply')
  assert.equal((await reply.fetchReference()).id, message.id)

  const gone = [await channel.send('1'), await channel.send('2'), await channel.send('3')]
  const [deleted] = await eventOf(client, 'messageDeleteBulk', () => channel.bulkDelete(gone))
  assert.equal(deleted.size, 3)
  await assert.rejects(channel.messages.fetch(gone[0].id), { code: 10008 })
  await eventOf(client, 'typingStart', () => channel.sendTyping())
})

test('threads', limited, async (scope) => {
  const client = await login(scope)
  const channel = client.channels.cache.get(channelId)
  const message = await channel.send('Begin')
  const [thread] = await eventOf(client, 'threadCreate', () => message.startThread({ name: 'From a message' }))
  assert.equal(thread.id, message.id)
  assert.equal((await thread.fetchStarterMessage()).id, message.id)
  await thread.send('In it')
  await eventOf(client, 'threadMembersUpdate', () => thread.members.add(people.grace.id))
  assert.equal((await thread.members.fetch()).size, 2)
  await eventOf(client, 'threadUpdate', () => thread.edit({ name: 'Renamed', archived: true }))
  assert.ok((await channel.threads.fetchArchived()).threads.has(thread.id))
  await thread.setArchived(false)
  assert.ok((await channel.threads.fetchActive()).threads.has(thread.id))

  const hidden = await channel.threads.create({ name: 'Hidden', type: discord.ChannelType.PrivateThread })
  await hidden.leave()
  await hidden.join()
  await dispatchOf(client, 'THREAD_DELETE', () => hidden.delete())

  const forum = await channel.guild.channels.create({
    name: 'A Forum',
    type: discord.ChannelType.GuildForum,
    availableTags: [{ name: 'help' }],
  })
  assert.equal(forum.name, 'a-forum')
  const post = await forum.threads.create({
    name: 'Post',
    message: { content: 'First', files: [{ attachment: pixel, name: 'p.png' }] },
    appliedTags: [forum.availableTags[0].id],
  })
  assert.equal((await post.fetchStarterMessage()).attachments.first().name, 'p.png')
  assert.deepEqual(post.appliedTags, [forum.availableTags[0].id])
  await forum.delete()
})

test('webhooks', limited, async (scope) => {
  const client = await login(scope)
  const channel = client.channels.cache.get(channelId)
  let webhook
  await eventOf(client, 'webhooksUpdate', async () => {
    webhook = await channel.createWebhook({ name: 'Herald', avatar: pixel })
  })
  const direct = new discord.WebhookClient({ id: webhook.id, token: webhook.token }, { rest: { api: `${sim.url}/api` } })
  const sent = await direct.send({ content: 'News', username: 'Town crier', files: [{ attachment: pixel, name: 'p.png' }] })
  assert.equal((await channel.messages.fetch(sent.id)).author.username, 'Town crier')
  assert.equal((await direct.editMessage(sent.id, 'Old news')).content, 'Old news')
  assert.equal((await direct.fetchMessage(sent.id)).content, 'Old news')
  await direct.deleteMessage(sent.id)
  await assert.rejects(direct.fetchMessage(sent.id), { code: 10008 })
  assert.equal((await channel.fetchWebhooks()).size, 1)
  assert.equal((await webhook.edit({ name: 'Speaker' })).name, 'Speaker')
  await webhook.delete()
  await assert.rejects(direct.send('?'), { code: 10015 })
})

test('members, roles, channels and overwrites', limited, async (scope) => {
  const client = await login(scope)
  const guild = client.guilds.cache.get(guildId)
  assert.deepEqual([...(await guild.members.search({ query: 'tu' })).keys()], [people.linus.id])
  const [role] = await eventOf(client, 'roleCreate', () =>
    guild.roles.create({ name: 'Red', colors: { primaryColor: 0xff0000 }, permissions: ['ManageMessages'], hoist: true }),
  )
  const linus = await guild.members.fetch(people.linus.id)
  const [, changed] = await eventOf(client, 'guildMemberUpdate', () => linus.roles.add(role))
  assert.ok(changed.roles.cache.has(role.id))
  assert.ok(changed.permissions.has('ManageMessages'))
  assert.equal((await linus.setNickname('Torvalds')).displayName, 'Torvalds')
  await linus.setNickname('Tux')
  assert.ok((await linus.timeout(60_000)).isCommunicationDisabled())
  await linus.timeout(null)
  await eventOf(client, 'roleUpdate', () => role.edit({ name: 'Blue', mentionable: true }))
  const low = await guild.roles.create({ name: 'Low' })
  await low.setPosition(2)
  assert.equal(low.position, 2)
  await low.delete()
  await assert.rejects(guild.roles.botRoleFor(client.user).delete(), { code: 50013 })

  const category = await guild.channels.create({ name: 'Area', type: discord.ChannelType.GuildCategory })
  const [made] = await eventOf(client, 'channelCreate', () =>
    guild.channels.create({
      name: 'secret',
      topic: 'Hush',
      parent: category,
      permissionOverwrites: [{ id: guild.id, deny: ['ViewChannel'] }, { id: people.linus.id, allow: ['ViewChannel'] }],
    }),
  )
  assert.ok(made.permissionsFor(linus).has('ViewChannel'))
  assert.ok(!made.permissionsFor(guild.roles.everyone).has('ViewChannel'))
  await eventOf(client, 'channelUpdate', () => made.permissionOverwrites.edit(role, { SendMessages: false }))
  await made.permissionOverwrites.delete(role)
  await made.edit({ topic: 'Quiet', rateLimitPerUser: 5, nsfw: true })
  await made.setPosition(0)
  const invite = await made.createInvite({ maxAge: 60 })
  assert.equal((await client.fetchInvite(invite.code)).guild.name, 'Library')
  await eventOf(client, 'inviteDelete', () => invite.delete())
  await dispatchOf(client, 'CHANNEL_DELETE', () => made.delete())
  await category.delete()
  await dispatchOf(client, 'GUILD_ROLE_DELETE', () => role.delete())

  const guest = await sim.person({ username: 'guest' })
  await eventOf(client, 'guildMemberAdd', () => sim.member(guildId, guest, '0'))
  await eventOf(client, 'guildBanAdd', () => guild.members.ban(guest.id, { reason: 'Spam', deleteMessageSeconds: 60 }))
  assert.equal((await guild.bans.fetch(guest.id)).reason, 'Spam')
  await eventOf(client, 'guildBanRemove', () => guild.members.unban(guest.id))
  await sim.member(guildId, guest, '0')
  await eventOf(client, 'guildMemberRemove', () => guild.members.kick(guest.id))
  await eventOf(client, 'guildUpdate', () => guild.edit({ name: 'Library', description: 'Books' }))
  await assert.rejects(guild.autoModerationRules.fetch(), /discord-sim does not have GET .*auto-moderation/)
})

test('commands, autocomplete, modals and Components V2', limited, async (scope) => {
  const client = await login(scope)
  const received = []
  client.on('interactionCreate', async (interaction) => {
    received.push(interaction)
    if (interaction.isAutocomplete()) {
      const typed = interaction.options.getFocused()
      await interaction.respond([{ name: `${typed}!`, value: typed }])
    } else if (interaction.commandName === 'everything') {
      const { options } = interaction
      const file = options.getAttachment('file')
      await interaction.reply(
        [
          options.getString('text'),
          options.getInteger('count'),
          options.getBoolean('flag'),
          options.getMember('person').user.username,
          options.getChannel('place').name,
          options.getRole('rank').name,
          options.getMentionable('either').displayName,
          options.getNumber('ratio'),
          file.name,
          file.size,
        ].join(' '),
      )
    } else if (interaction.commandName === 'form') {
      await interaction.showModal(
        new discord.ModalBuilder()
          .setCustomId('form')
          .setTitle('Form')
          .addLabelComponents(
            new discord.LabelBuilder()
              .setLabel('Name')
              .setTextInputComponent(new discord.TextInputBuilder().setCustomId('name').setStyle(discord.TextInputStyle.Short)),
            new discord.LabelBuilder()
              .setLabel('Person')
              .setUserSelectMenuComponent(new discord.UserSelectMenuBuilder().setCustomId('person')),
          ),
      )
    } else if (interaction.isModalSubmit()) {
      const { fields } = interaction
      await interaction.reply({
        content: `${fields.getTextInputValue('name')} ${fields.getSelectedUsers('person').first().username}`,
        flags: discord.MessageFlags.Ephemeral,
      })
    } else if (interaction.isUserContextMenuCommand()) {
      await interaction.reply(`Greets ${interaction.targetMember.user.username}`)
    } else if (interaction.isMessageContextMenuCommand()) {
      await interaction.deferReply()
      await interaction.editReply(`Quotes ${interaction.targetMessage.content}`)
      await interaction.followUp({ content: 'And more', files: [{ attachment: pixel, name: 'p.png' }] })
    } else if (interaction.commandName === 'layout') {
      await interaction.reply({
        flags: discord.MessageFlags.IsComponentsV2,
        files: [{ attachment: pixel, name: 'p.png' }],
        components: [
          new discord.TextDisplayBuilder().setContent('# Layout'),
          new discord.ContainerBuilder()
            .setAccentColor(0x00ff00)
            .addSectionComponents((section) =>
              section
                .addTextDisplayComponents((text) => text.setContent('Section'))
                .setThumbnailAccessory((thumbnail) => thumbnail.setURL('attachment://p.png')),
            )
            .addSeparatorComponents((separator) => separator)
            .addMediaGalleryComponents((gallery) => gallery.addItems({ media: { url: 'https://example.com/a.png' } }))
            .addActionRowComponents((row) =>
              row.addComponents(
                new discord.ButtonBuilder().setCustomId('again').setLabel('Again').setStyle(discord.ButtonStyle.Primary),
              ),
            ),
        ],
      })
    } else if (interaction.isButton()) {
      await interaction.update({ components: interaction.message.components.slice(0, 1) })
    }
  })
  const guild = client.guilds.cache.get(guildId)
  await client.application.commands.set([{ type: 2, name: 'Greet' }, { name: 'layout', description: 'Lays out' }])
  await guild.commands.set([
    { name: 'everything', description: 'All', options: everyOption },
    { name: 'form', description: 'Asks' },
    { name: 'guess', description: 'Completes', options: [{ type: 3, name: 'what', description: 'What', autocomplete: true }] },
    { type: 3, name: 'Quote this' },
  ])
  assert.equal((await client.application.commands.fetch()).size, 2)

  const use = async (fields, person = people.grace) => answered(sim, await sim.interact(channelId, person, fields))
  const everything = await use({ name: 'everything', ...everyValue(guildId, channelId) })
  assert.equal(everything.message.content, 'hello 3 true grace general @everyone Tux 0.5 note.txt 6')
  const guess = await use({ type: 4, name: 'guess', options: { what: 'ab' }, focused: 'what' })
  assert.deepEqual(guess.responses[0].data.choices, [{ name: 'ab!', value: 'ab' }])
  const greeting = await use({ name: 'Greet', commandType: 2, targetId: people.linus.id })
  assert.equal(greeting.message.content, 'Greets linus')
  const said = await sim.say(channelId, people.linus, 'Talk is cheap')
  const quote = await sim.interact(channelId, people.grace, { name: 'Quote this', commandType: 3, targetId: said.id })
  let seen
  do seen = await answered(sim, quote)
  while (seen.followUps.length === 0)
  assert.equal(seen.message.content, 'Quotes Talk is cheap')
  assert.equal(seen.followUps[0].attachments[0].filename, 'p.png')

  const asked = await use({ name: 'form' })
  assert.equal(asked.modal.title, 'Form')
  const filled = await use({ type: 5, interactionId: asked.id, fields: { name: 'Bob', person: [people.linus.id] } })
  assert.equal(filled.message.content, 'Bob linus')
  assert.equal(filled.message.flags & 64, 64)

  const layout = await use({ name: 'layout' })
  const [, container] = layout.message.components
  assert.match(container.components[0].accessory.media.url, /^http.*p\.png$/)
  const pressed = await use({ type: 3, messageId: layout.message.id, customId: 'again' })
  assert.equal(pressed.message.components.length, 1)
  await assert.rejects(
    client.channels.cache.get(channelId).send({ content: 'x', flags: discord.MessageFlags.IsComponentsV2, components: [] }),
    { code: 50035 },
  )
})
