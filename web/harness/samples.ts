import type { ScriptTrialResult } from '../src/api/schema'

const markdown = `# Heading
## Smaller
**Bold**, *italic*, __underlined__, ~~gone~~, ||a secret|| and \`code\`.
> A quote
> over two lines
- one
- two
  - inside
1. first
2. second
-# Small print
Hello <@1>, \${1} and <@&3>, see <#4> or </rules:7>. <t:1700000000:R>, <t:1700000000:f> https://example.org/page [masked](https://example.org) 🎉 <:party:111111111111111111>
\`\`\`js
const answer = 42
\`\`\``

export const samples: Record<string, object> = {
  empty: { content: null, embeds: [], components: [] },
  full: {
    content: 'Welcome ${user}! Have a look at **the rules** and choose your roles. 🎉',
    embeds: [
      {
        title: 'Welcome to the server',
        description: 'Be kind, stay on topic, and have *fun*.\n\n- Read <#4>\n- Say hello',
        color: 0x5865f2,
        url: 'https://example.org',
        author: { name: 'The moderators', icon_url: 'https://cdn.discordapp.com/embed/avatars/1.png' },
        fields: [
          { name: 'Members', value: '1,234', inline: true },
          { name: 'Online', value: '321', inline: true },
          { name: 'Since', value: '<t:1500000000:D>', inline: true },
          { name: 'Language', value: 'English and German' },
        ],
        thumbnail: { url: 'https://example.org/thumbnail.png' },
        image: { url: 'https://example.org/image.png' },
        footer: { text: 'Called by ${user.name}' },
        timestamp: '2026-01-31T12:34:00.000Z',
      },
      { title: 'A second one', description: 'With little in it.', color: 0x57f287 },
    ],
    components: [
      {
        type: 1,
        components: [
          { type: 2, style: 1, label: 'Rules', emoji: { name: '📜' }, custom_id: 'rules' },
          { type: 2, style: 3, label: 'Accept', custom_id: 'accept' },
          { type: 2, style: 4, label: 'Leave', custom_id: 'leave', disabled: true },
          { type: 2, style: 2, label: 'Later', custom_id: 'later' },
          { type: 2, style: 5, label: 'Website', url: 'https://example.org' },
        ],
      },
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: 'roles',
            placeholder: 'Choose your roles',
            max_values: 2,
            options: [
              { label: 'Artist', value: 'artist', description: 'Draws', emoji: { name: '🎨' } },
              { label: 'Player', value: 'player', description: 'Plays', emoji: { name: '🎮' } },
            ],
          },
        ],
      },
    ],
  },
  markdown: { content: markdown },
  ephemeral: { content: 'Only for you: 👍 👎', flags: 64, components: [{ type: 1, components: [{ type: 8, custom_id: 'c' }] }] },
  jumbo: { content: '🎉 👍' },
  v2: {
    flags: 32768,
    components: [
      { type: 10, content: '## Components V2\nText on top of everything.' },
      {
        type: 17,
        accent_color: 0xeb459e,
        components: [
          {
            type: 9,
            components: [{ type: 10, content: '**Section** with a thumbnail' }, { type: 10, content: '-# and a second text' }],
            accessory: { type: 11, media: { url: 'https://example.org/thumbnail.png' } },
          },
          { type: 14, spacing: 2 },
          { type: 9, components: [{ type: 10, content: 'Section with a button' }], accessory: { type: 2, style: 1, label: 'Press', custom_id: 'p' } },
          { type: 12, items: [1, 2, 3].map((number) => ({ media: { url: `https://example.org/${number}.png` } })) },
          { type: 13, file: { url: 'attachment://report.pdf' } },
          { type: 1, components: [{ type: 6, custom_id: 'role', placeholder: 'Choose a role' }] },
        ],
      },
    ],
  },
}

const text = (length: number, word = 'lorem **ipsum** dolor ') => word.repeat(Math.ceil(length / word.length)).slice(0, length)

/** As large as Discord and the API let it be. */
samples.largest = {
  content: text(2000),
  embeds: Array.from({ length: 10 }, (_, index) => ({
    title: `Embed ${index + 1}`,
    description: text(270),
    color: 0x5865f2,
    fields: Array.from({ length: 25 }, (_, field) => ({ name: `F${field}`, value: text(8, 'value '), inline: true })),
  })),
  components: Array.from({ length: 5 }, (_, row) => ({
    type: 1,
    components:
      row < 3
        ? [
            {
              type: 3,
              custom_id: `menu-${row}`,
              options: Array.from({ length: 25 }, (_, option) => ({ label: `Option ${option}`, value: `${option}`, description: text(60), emoji: { name: '🎨' } })),
            },
          ]
        : Array.from({ length: 5 }, (_, button) => ({ type: 2, style: 1, label: `Button ${button}`, custom_id: `b-${row}-${button}` })),
  })),
}

export const script = `const { EmbedBuilder } = require('discord.js')

const votes = new Map()
if (interaction.customId === 'accept') {
  await interaction.reply({ content: \`\${interaction.user} has accepted.\`, flags: 'Ephemeral' })
} else {
  // Everything else changes the message.
  await interaction.update({ embeds: [new EmbedBuilder().setTitle('Later')] })
}
console.log(args, interaction.member.displayName)
`

export async function fakeRun(request: object): Promise<ScriptTrialResult> {
  await new Promise((resolve) => setTimeout(resolve, 200))
  const fails = JSON.stringify(request).includes('leave')
  return {
    ending: fails ? 'exception' : 'completed',
    error: fails ? { name: 'TypeError', message: 'undefined is not an object', line: 5, column: 9, stack: 'vote@5:9\n@9:1' } : null,
    calls: [
      { method: 'deferReply', data: { flags: 64 } },
      { method: 'editReply', data: { content: 'Thank you, <@1>!', embeds: [{ title: 'Done', description: JSON.stringify(request), color: 5763719 }] } },
      ...(fails ? [{ method: 'followUp' as const, data: { content: '' }, error: 'Cannot send an empty message' }] : []),
    ],
    console: [
      { level: 'log', text: "[ 'Lunch?', 'Pizza' ] Ada" },
      { level: 'warn', text: 'Careful.' },
    ],
    cpuMs: 3,
    wallMs: 12,
    memory: 1_400_000,
  }
}
