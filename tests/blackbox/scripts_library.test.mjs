// `require('discord.js')` in a script returns what the npm package of that name returns: builders, enumerations,
// formatters. What scripts lack says so.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import test, { describe } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { scriptedGuild } from '../harness/scripts.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const require = createRequire(import.meta.url)
const library = require('discord.js')
const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { SCRIPTS_CPU_MS: '1000', SCRIPTS_CONSOLE_LINES: '1000' } })
const guild = await scriptedGuild(hall, sim, guilds.workshop, people.ada)

const describeValue = `
  const told = (value) => JSON.stringify(value, (key, one) =>
    typeof one === 'bigint' ? one + 'n' : one instanceof Error ? one.message : one === undefined ? null : one)
  const evaluated = (make) => { try { return told(make()) } catch (error) { return 'throws ' + error.name } }`

/** What each of the expressions is, in a script. */
async function inScript(expressions) {
  const calls = expressions.map((expression) => `console.log(evaluated(() => (${expression})))`)
  const { ending, error, console } = await guild.run(
    `const d = require('discord.js')\n${describeValue}\n${calls.join('\n')}`,
  )
  assert.equal(ending, 'completed', JSON.stringify(error))
  return console.map(({ text }) => text)
}

const inNode = (expressions) =>
  new Function(
    'd',
    `${describeValue}\nreturn [${expressions.map((each) => `evaluated(() => (${each}))`).join(',\n')}]`,
  )(library)

/** The members of objects are in no order. */
const sorted = (text) => {
  if (text.startsWith('throws')) return text
  return JSON.parse(text, (key, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, one]) => one !== null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  )
}

async function same(expressions) {
  const ours = await inScript(expressions)
  inNode(expressions).forEach((theirs, i) => assert.deepEqual(sorted(ours[i]), sorted(theirs), expressions[i]))
}

const button = "new d.ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(d.ButtonStyle.Primary)"
const text = (content) => `new d.TextDisplayBuilder().setContent('${content}')`
const input = "new d.TextInputBuilder().setCustomId('i').setLabel('L').setStyle(d.TextInputStyle.Short)"
const json = (builder) => `(${builder}).toJSON()`

const builders = {
  embeds: [
    `new d.EmbedBuilder().setColor(0x0099FF).setTitle('Some title').setURL('https://discord.js.org/')
      .setAuthor({ name: 'Some name', iconURL: 'https://i.imgur.com/AfFp7pu.png', url: 'https://discord.js.org' })
      .setDescription('Some description here').setThumbnail('https://i.imgur.com/AfFp7pu.png')
      .addFields({ name: 'Regular', value: 'here' }, { name: '\\u200B', value: '\\u200B' })
      .addFields([{ name: 'Inline', value: 'here', inline: true }]).setImage('https://i.imgur.com/AfFp7pu.png')
      .setTimestamp(0).setFooter({ text: 'Some footer', iconURL: 'https://i.imgur.com/AfFp7pu.png' })`,
    "new d.EmbedBuilder().setColor('Random').setColor('#0099ff').setTimestamp(new Date(5))",
    "new d.EmbedBuilder().setColor([1, 2, 3]).setFields({ name: 'a', value: 'b' }).spliceFields(0, 1)",
    "new d.EmbedBuilder({ title: 'T', footer: { text: 'f', iconURL: 'https://a.b' }, timestamp: 0, color: 5 })",
    "new d.EmbedBuilder().setTitle('t').setTitle(null).setColor(null).setAuthor(null).setFooter(null).setImage(null)",
    "d.EmbedBuilder.from({ title: 'of', fields: [{ name: 'n', value: 'v' }] }).setDescription('d')",
    "d.EmbedBuilder.from(new d.EmbedBuilder().setTitle('x')).setColor('Blurple')",
  ],
  buttons: [
    button,
    "new d.ButtonBuilder({ customId: 'a', label: 'b', style: d.ButtonStyle.Danger, emoji: '<:x:123456789012345678>' })",
    "new d.ButtonBuilder().setURL('https://discord.js.org').setLabel('Docs').setStyle(d.ButtonStyle.Link).setDisabled()",
    "new d.ButtonBuilder().setCustomId('a').setStyle(2).setEmoji('👍').setDisabled(false).setId(7)",
    "new d.ButtonBuilder().setCustomId('a').setStyle(2).setEmoji('123456789012345678')",
    "new d.ButtonBuilder().setCustomId('a').setStyle(2).setEmoji({ name: 'x', id: '1' })",
    "new d.ButtonBuilder().setSKUId('5').setStyle(d.ButtonStyle.Premium)",
    "new d.ButtonBuilder().setCustomId('a').setStyle(d.ButtonStyle.Primary)",
    "new d.ButtonBuilder().setCustomId('a').setLabel('a').setStyle(d.ButtonStyle.Link)",
    "new d.ButtonBuilder().setCustomId('a').setURL('https://a.b').setLabel('a').setStyle(1)",
    `d.ButtonBuilder.from(${button}.toJSON()).setDisabled(true)`,
  ],
  rows: [
    `new d.ActionRowBuilder().addComponents(${button}, ${button})`,
    `new d.ActionRowBuilder().addComponents([${button}]).setComponents(${button})`,
    `new d.ActionRowBuilder({ components: [{ type: 2, custom_id: 'x', label: 'y', style: 1 }] })`,
    `d.ActionRowBuilder.from(new d.ActionRowBuilder().addComponents(${button}))`,
  ],
  menus: [
    `new d.StringSelectMenuBuilder().setCustomId('starter').setPlaceholder('Make a selection!').setMinValues(1).setMaxValues(2)
      .addOptions(new d.StringSelectMenuOptionBuilder().setLabel('Bulbasaur').setDescription('Grass').setValue('bulbasaur')
        .setEmoji('🌱').setDefault(true),
        { label: 'Charmander', value: 'charmander', emoji: '<a:fire:123456789012345678>' })`,
    "new d.StringSelectMenuBuilder({ customId: 'x', options: [{ label: 'a', value: 'b' }] }).setOptions([{ label: 'c', value: 'd' }]).setDisabled()",
    "new d.StringSelectMenuBuilder().setCustomId('x').addOptions({ label: 'a', value: 'b' }, { label: 'c', value: 'd' }).spliceOptions(0, 1)",
    "new d.UserSelectMenuBuilder().setCustomId('u').setPlaceholder('p').setDefaultUsers('1').addDefaultUsers(['2'])",
    "new d.RoleSelectMenuBuilder().setCustomId('u').addDefaultRoles('1', '2').setDisabled(false)",
    "new d.MentionableSelectMenuBuilder().setCustomId('u').addDefaultRoles('1').addDefaultUsers('2').addDefaultValues({ id: '3', type: 'user' })",
    "new d.MentionableSelectMenuBuilder({ customId: 'm' }).setDefaultValues({ id: '3', type: d.SelectMenuDefaultValueType.Role })",
    "new d.ChannelSelectMenuBuilder().setCustomId('u').addChannelTypes(d.ChannelType.GuildText).setDefaultChannels('9').setMaxValues(3)",
    "new d.ChannelSelectMenuBuilder({ customId: 'c', channelTypes: [0] }).setChannelTypes([2, 5]).addDefaultChannels('1')",
  ],
  modals: [
    `new d.ModalBuilder().setCustomId('m').setTitle('Modal').addComponents(new d.ActionRowBuilder().addComponents(${input}
      .setMinLength(1).setMaxLength(5).setPlaceholder('p').setValue('v').setRequired()))`,
    `new d.ModalBuilder({ customId: 'm', title: 'T' }).addLabelComponents(new d.LabelBuilder().setLabel('l').setDescription('d')
      .setTextInputComponent(new d.TextInputBuilder().setCustomId('t').setStyle(d.TextInputStyle.Paragraph)))`,
    `new d.LabelBuilder().setLabel('l').setStringSelectMenuComponent((menu) => menu.setCustomId('m').setRequired().addOptions({ label: 'a', value: 'b' }))`,
    `new d.LabelBuilder().setLabel('l').setFileUploadComponent(new d.FileUploadBuilder().setCustomId('f').setMinValues(1).setMaxValues(2).setRequired())`,
    `new d.LabelBuilder().setLabel('l').setCheckboxComponent(new d.CheckboxBuilder().setCustomId('c').setDefault(true))`,
    `new d.LabelBuilder().setLabel('l').setCheckboxGroupComponent((g) => g.setCustomId('c').addOptions({ label: 'a', value: 'b' }).setMinValues(1))`,
    `new d.LabelBuilder().setLabel('l').setRadioGroupComponent((g) => g.setCustomId('c').setOptions({ label: 'a', value: 'b' }, { label: 'c', value: 'd' }))`,
    `new d.LabelBuilder().setLabel('l').setUserSelectMenuComponent((menu) => menu.setCustomId('m')).setId(4).clearId()`,
  ],
  'components, version 2': [
    text('hello'),
    `new d.SectionBuilder().addTextDisplayComponents(${text('a')}, (t) => t.setContent('b')).setButtonAccessory((b) => b
      .setCustomId('x').setLabel('X').setStyle(d.ButtonStyle.Success))`,
    `new d.SectionBuilder().addTextDisplayComponents([${text('a')}]).setThumbnailAccessory((t) => t.setURL('https://a.b/c.png')
      .setDescription('alt').setSpoiler())`,
    "new d.MediaGalleryBuilder().addItems(new d.MediaGalleryItemBuilder().setURL('https://a.b/c.png').setDescription('d'), (item) => item.setURL('https://a.b/d.png').setSpoiler(true))",
    "new d.FileBuilder().setURL('attachment://guide.pdf').setSpoiler()",
    'new d.SeparatorBuilder().setDivider(false).setSpacing(d.SeparatorSpacingSize.Large)',
    `new d.ContainerBuilder().setAccentColor(0x0099ff).addTextDisplayComponents((t) => t.setContent('x'))
      .addActionRowComponents((row) => row.setComponents(new d.UserSelectMenuBuilder().setCustomId('u')))
      .addSeparatorComponents((s) => s).addSectionComponents((s) => s.addTextDisplayComponents(${text('a')}).setButtonAccessory(${button}))
      .addMediaGalleryComponents((g) => g.addItems((i) => i.setURL('https://a.b/c.png'))).addFileComponents((f) => f.setURL('attachment://x'))
      .setSpoiler().spliceComponents(0, 1)`,
    `new d.ContainerBuilder({ accent_color: 5, components: [{ type: 10, content: 'hi' }] }).clearAccentColor()`,
  ],
}

describe('builders', () => {
  for (const [what, makers] of Object.entries(builders)) test(what, () => same(makers.map(json)))

  test('the length of an embed', () =>
    same([
      "new d.EmbedBuilder({ title: 'abc', fields: [{ name: 'a', value: 'bc' }] }).length",
      "d.embedLength({ title: 'ab' })",
    ]))

  test('every builder and every method of the package is there, or refused by name', async () => {
    const names = Object.keys(library).filter((name) => /^[A-Z].*Builder$/.test(name))
    const [known] = await inScript([`${JSON.stringify(names)}.filter((name) => name in d)`])
    const missing = names.filter((name) => !JSON.parse(known).includes(name))
    assert.deepEqual(missing.sort(), [
      'AttachmentBuilder',
      'ContextMenuCommandBuilder',
      'SlashCommandBuilder',
      'SlashCommandSubcommandBuilder',
      'SlashCommandSubcommandGroupBuilder',
    ])
    const methods = JSON.parse(known).flatMap((name) => {
      const chain = []
      for (let p = library[name].prototype; p !== Object.prototype; p = Object.getPrototypeOf(p))
        chain.push(...Object.getOwnPropertyNames(p))
      return [...new Set(chain)].map((method) => [name, method])
    })
    const [lacking] = await inScript([
      `${JSON.stringify(methods)}.filter(([name, method]) => !(method in d[name].prototype)).join(' ')`,
    ])
    assert.equal(JSON.parse(lacking), 'TextInputBuilder,equals')
  })
})

test('enumerations have the same names and values', async () => {
  const [names] = await inScript(["Object.keys(d).filter((name) => name in d && typeof d[name] === 'object')"])
  assert.ok(JSON.parse(names).length >= 22, names)
  await same(JSON.parse(names).map((name) => `d.${name}`))
})

const markdown =
  '"*a* **b** ***c*** _d_ __e__ ___f___ ~~g~~ ||h|| `i` ``j`` ```k``` \\\\ # x <:a_b_c:1> https://a_b_c.d [m](n)\\n# h\\n- l\\n1. n"'
const formatters = {
  applicationDirectory: ["'1'", "'1', '2'"],
  channelLink: ["'1'", "'1', '2'"],
  chatInputApplicationCommandMention: ["'a', '1'", "'a', 'b', '1'", "'a', 'b', 'c', '1'"],
  codeBlock: ["'x'", "'js', 'x'"],
  email: ["'a@b.c'", "'a@b.c', { Subject: 'ä & b', cc: 'x y' }"],
  escapeMarkdown: [
    markdown,
    `${markdown}, { bold: false, heading: true, bulletedList: true, numberedList: true, maskedLink: true }`,
    `${markdown}, { codeBlockContent: false }`,
    `${markdown}, { inlineCodeContent: false }`,
  ],
  formatEmoji: ["'1'", "'1', true", "{ id: '1', name: 'x', animated: true }"],
  heading: ["'x'", "'x', 2", "'x', d.HeadingLevel.Three"],
  hyperlink: ["'a', 'https://b.c'", "'a', 'https://b.c', 't'"],
  messageLink: ["'1', '2'", "'1', '2', '3'"],
  orderedList: ["['a', ['b', 'c']]", "['a'], 5"],
  phoneNumber: ["'+1'", "'1'"],
  resolveColor: ["'Red'", "'#00ff00'", "'00ff00'", '[1, 2, 3]', '5', "'nothing'", '-1', "'Default'"],
  time: [
    '1618953630',
    "1618953630, 'R'",
    'new Date(1618953630123), d.TimestampStyles.RelativeTime',
    "new Date(0), 'F'",
  ],
  unorderedList: ["['a', ['b', ['c']]]"],
}

test('formatters return the same', async () => {
  const own = new Set(['disableValidators', 'enableValidators'])
  const plain = Object.keys(library).filter(
    (name) =>
      typeof library[name] === 'function' &&
      name in require('@discordjs/formatters') &&
      !own.has(name) &&
      !(name in formatters),
  )
  const calls = [
    ...plain.map((name) => `d.${name}(${name.startsWith('escape') ? markdown : "'some text'"})`),
    ...Object.entries(formatters).flatMap(([name, list]) => list.map((args) => `d.${name}(${args})`)),
  ]
  assert.ok(calls.length > 60)
  await same(calls)
})

const runsAgain = ' Remove it: the script runs again each time a component is used.'
const noModals = ' Ask with buttons and select menus.'
const instead = {
  awaitMessageComponent: runsAgain,
  createMessageComponentCollector: runsAgain,
  awaitModalSubmit: noModals,
  showModal: noModals,
}
const unavailable = (what) =>
  `${what} is not available in guildhall scripts.${instead[what.split('.').at(-1)] ?? ''}`

describe('what is not there', () => {
  const uses = {
    "new (require('discord.js').Client)({})": "discord.js's Client",
    "new (require('discord.js').SlashCommandBuilder)()": "discord.js's SlashCommandBuilder",
    'interaction.channel.bulkDelete(5)': 'interaction.channel.bulkDelete',
    'interaction.channel.messages.fetch({ limit: 5 })': 'interaction.channel.messages.fetch',
    'interaction.guild.members.cache.get("1").kick()': 'interaction.guild.members.cache.get',
    'interaction.member.roles.add("1")': 'interaction.member.roles.add',
    'interaction.member.timeout(60_000)': 'interaction.member.timeout',
    'interaction.user.send("hello")': 'interaction.user.send',
    'interaction.message.delete()': 'interaction.message.delete',
    'interaction.showModal({})': 'interaction.showModal',
    '`${interaction.client.ws.ping} ms`': 'interaction.client.ws.ping',
    '(await interaction.deferReply()).createMessageComponentCollector()': 'response.createMessageComponentCollector',
    'await interaction.message.awaitMessageComponent()': 'interaction.message.awaitMessageComponent',
    'interaction.channel.createMessageComponentCollector({})': 'interaction.channel.createMessageComponentCollector',
    'await interaction.awaitModalSubmit({ time: 5 })': 'interaction.awaitModalSubmit',
  }
  for (const [use, what] of Object.entries(uses)) {
    test(what, async () => {
      const { ending, error } = await guild.run(use)
      assert.deepEqual([ending, error?.message, error?.line], ['exception', unavailable(what), 1])
    })
  }

  test('it does not disturb JSON, inspection, promises and typeof', async () => {
    const script = `
      console.log(JSON.stringify({ send: interaction.channel.send, a: 1 }), typeof interaction.channel.send)
      console.log(JSON.parse(JSON.stringify(interaction.member)).nickname, await interaction.guild.members === undefined)
      console.log(Object.keys(interaction.channel).includes('send'), interaction.channel.send)
      interaction.channel.send = 5
      console.log(interaction.channel.send)`
    const { ending, error, console } = await guild.run(script)
    assert.equal(ending, 'completed', JSON.stringify(error))
    assert.deepEqual(
      console.map(({ text }) => text),
      ['{"a":1} function', 'null false', 'false [Function: (anonymous)]', '5'],
    )
  })

  test('other modules', async () => {
    const { error } = await guild.run("require('node:fs')")
    assert.equal(error.message, "Cannot require 'node:fs': scripts have only 'discord.js'.")
  })

  test('a name that was not required', async () => {
    const { error } = await guild.run('\nnew EmbedBuilder()')
    assert.equal(
      error.message,
      "Can't find variable: EmbedBuilder. Begin with: const { EmbedBuilder } = require('discord.js')",
    )
    assert.equal(error.line, 2)
  })
})

describe('imports', () => {
  const cases = [
    "import { ButtonStyle } from 'discord.js'; console.log(ButtonStyle.Link)",
    '// comment\n\'use strict\';\nimport {\n  ButtonStyle as Style,\n} from "discord.js"\nconsole.log(Style.Link)',
    "import * as discord from 'discord.js'\nimport { Colors } from 'discord.js'\nconsole.log(discord.ButtonStyle.Link + Colors.Default)",
    "import discord from 'discord.js'\nconsole.log(discord.ButtonStyle.Link)",
    "const { ButtonStyle } = require('discord.js');\nconsole.log(ButtonStyle.Link)",
  ]
  for (const script of cases) {
    test(JSON.stringify(script.slice(0, 40)), async () => {
      const { ending, error, console } = await guild.run(script)
      assert.equal(ending, 'completed', JSON.stringify(error))
      assert.equal(console[0].text, '5')
    })
  }

  test('the function with which the guide waits', async () => {
    const waits = [
      "const wait = require('node:timers/promises').setTimeout;\nconsole.log(await wait(1, 5))",
      "import { setTimeout as wait } from 'node:timers/promises';\nconsole.log(await wait(1, 5))",
    ]
    for (const script of waits) {
      const { ending, error, console } = await guild.run(script)
      assert.equal(ending, 'completed', JSON.stringify(error))
      assert.equal(console[0].text, '5')
    }
  })

  test('lines stay where they are', async () => {
    const { error } = await guild.run("import {\n  ButtonStyle,\n} from\n  'discord.js'\nnull.x")
    assert.equal(error.line, 5)
  })

  test('in a text they are text', async () => {
    const { console } = await guild.run("console.log(`\nimport { a } from 'discord.js'`)")
    assert.equal(console[0].text, "\nimport { a } from 'discord.js'")
  })
})

test('discord.js’s objects have no member that a script’s lack without a word', async () => {
  const classes = {
    interaction: 'ButtonInteraction',
    'interaction.user': 'User',
    'interaction.member': 'GuildMember',
    'interaction.member.roles': 'GuildMemberRoleManager',
    'interaction.member.roles.cache': 'Collection',
    'interaction.member.permissions': 'PermissionsBitField',
    'interaction.guild': 'Guild',
    'interaction.guild.roles': 'RoleManager',
    'interaction.guild.roles.everyone': 'Role',
    'interaction.channel': 'TextChannel',
    'interaction.message': 'Message',
  }
  const membersOf = (name) => {
    const found = new Set()
    for (let p = library[name].prototype; p !== Object.prototype; p = Object.getPrototypeOf(p)) {
      Object.getOwnPropertyNames(p)
        .filter((member) => !/^(_|constructor$|toJSON$|partial$)/.test(member))
        .forEach((member) => found.add(member))
    }
    return [...found]
  }
  const lacking = await inScript(
    Object.entries(classes).map(
      ([path, name]) => `${JSON.stringify(membersOf(name))}.filter((member) => !(member in ${path})).join()`,
    ),
  )
  assert.deepEqual(
    lacking.map((text) => JSON.parse(text)),
    Object.keys(classes).map((path) => (path.endsWith('cache') ? 'merge' : '')),
  )
})
