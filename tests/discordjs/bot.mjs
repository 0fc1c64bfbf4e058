// A bot as people write it with discord.js: it knows nothing of the simulator but where the API is.
//   DISCORD_TOKEN, DISCORD_API_URL (https://discord.com/api where there is none)
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  MessageFlags,
  PermissionFlagsBits,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
} from 'discord.js'
import { setTimeout as pause } from 'node:timers/promises'

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: process.env.DISCORD_API_URL ?? 'https://discord.com/api' },
})

const commands = [
  new SlashCommandBuilder()
    .setName('ping')
    .setDescription('Answers with what you say')
    .addStringOption((option) => option.setName('input').setDescription('What to say back').setMaxLength(100)),
  new SlashCommandBuilder().setName('slow').setDescription('Takes its time'),
  new SlashCommandBuilder().setName('secret').setDescription('Tells you alone'),
  new SlashCommandBuilder().setName('panel').setDescription('Shows buttons and a menu'),
  new SlashCommandBuilder().setName('silent').setDescription('Never answers'),
  new SlashCommandBuilder()
    .setName('tag')
    .setDescription('Keeps texts')
    .addSubcommand((sub) =>
      sub
        .setName('add')
        .setDescription('Adds a text')
        .addStringOption((option) => option.setName('name').setDescription('Its name').setRequired(true))
        .addUserOption((option) => option.setName('owner').setDescription('Whose it is')),
    ),
  new SlashCommandBuilder()
    .setName('purge')
    .setDescription('Removes messages')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild),
]

const panel = (count) => ({
  embeds: [
    new EmbedBuilder()
      .setTitle('Counter')
      .setDescription(`Clicked **${count}** times`)
      .setColor(0x23a55a)
      .addFields({ name: 'Kind', value: 'A demo', inline: true }, { name: 'State', value: 'Running', inline: true })
      .setFooter({ text: 'discord.js' }),
  ],
  components: [
    new ActionRowBuilder().addComponents(
      new ButtonBuilder().setCustomId(`count:${count}`).setLabel('Count').setStyle(ButtonStyle.Primary),
      new ButtonBuilder().setCustomId('later').setLabel('Later').setStyle(ButtonStyle.Secondary),
      new ButtonBuilder().setCustomId('off').setLabel('Off').setStyle(ButtonStyle.Danger).setDisabled(true),
      new ButtonBuilder().setLabel('Docs').setStyle(ButtonStyle.Link).setURL('https://discord.js.org'),
    ),
    new ActionRowBuilder().addComponents(
      new StringSelectMenuBuilder()
        .setCustomId('colour')
        .setPlaceholder('Choose a colour')
        .addOptions({ label: 'Red', value: 'red' }, { label: 'Blue', value: 'blue', description: 'As the sky' }),
    ),
  ],
})

const answers = {
  async ping(interaction) {
    await interaction.reply(`Pong! ${interaction.options.getString('input') ?? ''}`.trim())
  },
  async slow(interaction) {
    await interaction.deferReply()
    await pause(200)
    await interaction.editReply('Done at last')
    await interaction.followUp('And one more thing')
  },
  async secret(interaction) {
    await interaction.reply({ content: `Only for you, ${interaction.user.globalName}`, flags: MessageFlags.Ephemeral })
  },
  async panel(interaction) {
    const { resource } = await interaction.reply({ ...panel(0), withResponse: true })
    console.log(`panel is message ${resource.message.id}`)
  },
  async tag(interaction) {
    const owner = interaction.options.getMember('owner')
    await interaction.reply(
      `${interaction.options.getSubcommand()} ${interaction.options.getString('name')} of ${owner?.user.username}`,
    )
  },
  async purge(interaction) {
    await interaction.reply('Purged')
  },
  silent() {},
}

const uses = {
  async count(interaction, count) {
    await interaction.update(panel(Number(count) + 1))
    await interaction.followUp({ content: 'Counted', flags: MessageFlags.Ephemeral })
  },
  async later(interaction) {
    await interaction.deferUpdate()
    await interaction.editReply({ content: 'It is later now', embeds: [], components: [] })
  },
  async colour(interaction) {
    await interaction.reply(`You chose ${interaction.values.join()}`)
  },
}

client.once(Events.ClientReady, async (ready) => {
  await ready.application.commands.set(commands)
  console.log(`ready as ${ready.user.tag} in ${ready.guilds.cache.size} guilds`)
})

client.on(Events.MessageCreate, async (message) => {
  if (message.author.bot) return
  if (message.content === '!hello') {
    const reply = await message.reply({ content: `Hello ${message.author}`, allowedMentions: { repliedUser: false } })
    await reply.edit('Hello, edited')
  }
  if (message.content === '!embed') await message.channel.send(panel(0))
  if (message.content === '!typing') await message.channel.sendTyping()
  if (message.content === '!burst') {
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((number) => message.channel.send(`Burst ${number}`)))
  }
  if (message.content === '!history') {
    const before = await message.channel.messages.fetch({ limit: 2, before: message.id })
    await message.channel.send(`Before that: ${before.map(({ content }) => content).join(' | ')}`)
  }
  if (message.content === '!member') {
    const member = await message.guild.members.fetch({ user: message.author.id, force: true })
    await message.channel.send(`You are ${member.displayName} with ${member.roles.cache.size} roles`)
  }
  if (message.content === '!delete') await (await message.channel.send('Soon gone')).delete()
  if (message.content === '!dm') await message.author.send('Psst')
})

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) await answers[interaction.commandName](interaction)
  if (interaction.isMessageComponent()) {
    const [name, argument] = interaction.customId.split(':')
    await uses[name](interaction, argument)
  }
})

client.on(Events.Error, (error) => console.error(error))
process.on('SIGTERM', async () => {
  await client.destroy()
  process.exit(0)
})

await client.login(process.env.DISCORD_TOKEN)
