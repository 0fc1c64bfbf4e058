// Responses as people paste them: from Discohook, embed builders, webhook scripts, libraries and Discord itself.
// @database
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { guilds, people, permissions, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const hall = await startGuildhall(test, sim)
const token = await hall.login(sim, people.ada)
const channel = await sim.channelOf(guilds.workshop)
const path = `/api/guilds/${guilds.workshop}/commands`

let made = 0
const create = (response) => hall.post(path, { token, body: { trigger: `t${++made}`, response } })

/** The response as it is kept. */
async function kept(response) {
  const answer = await create(response)
  assert.equal(answer.status, 201, `${JSON.stringify(response)}: ${answer.text}`)
  return answer.body.response
}

async function assertRefused(response, field, sentence) {
  const answer = await create(response)
  assertError(answer, 422, { field: `/response${field}` })
  assert.match(answer.body.error, sentence)
}

/** What the bot answers to a new member who calls the last command with these arguments. */
async function answer(args = '', person = undefined) {
  person ??= await sim.person()
  await sim.member(guilds.workshop, person, permissions.none)
  const message = await sim.say(channel, person, `!t${made} ${args}`)
  return until(
    async () => (await sim.messages(channel)).find((found) => found.message_reference?.message_id === message.id),
    'an answer',
  )
}

const text = (content) => ({ content, embeds: [], components: [] })
const card = (...embeds) => ({ content: null, embeds, components: [] })

describe('taken as people have it', () => {
  test("Discohook's share and backup", async () => {
    const data = { content: 'Welcome!', embeds: null, attachments: [] }
    assert.deepEqual(await kept({ messages: [{ data }] }), text('Welcome!'))
    assert.deepEqual(await kept({ messages: [{ data, reference: '' }], targets: [] }), text('Welcome!'))
    assert.deepEqual(await kept({ version: 'd2', messages: [{ _id: 'x7', data }], name: 'Backup' }), text('Welcome!'))
    assert.deepEqual(
      await kept({
        content: null,
        embeds: [
          { title: 'Rules', description: 'Be **kind**.', color: 16775159, fields: [{ name: 'One', value: 'Two' }] },
          { color: null },
        ],
        username: null,
        avatar_url: null,
        attachments: [],
        flags: 0,
        thread_name: '',
      }),
      card({ title: 'Rules', description: 'Be **kind**.', color: 16775159, fields: [{ name: 'One', value: 'Two' }] }),
    )
  })

  test("Discord's own message", async () => {
    const author = { id: '1', username: 'ada', discriminator: '0', bot: true }
    const response = await kept({
      type: 19,
      content: 'Hello',
      mentions: [author],
      mention_roles: [],
      attachments: [],
      embeds: [
        {
          type: 'rich',
          title: 'T',
          image: {
            url: 'https://example.org/i.png',
            proxy_url: 'https://media.example/i.png',
            width: 5,
            height: 4,
            content_type: 'image/png',
            placeholder: 'zz',
            placeholder_version: 1,
            flags: 0,
          },
          author: { name: 'A', proxy_icon_url: 'https://media.example/a.png' },
          content_scan_version: 0,
        },
      ],
      timestamp: '2026-01-31T12:34:56.789000+00:00',
      edited_timestamp: null,
      flags: 32,
      components: [
        { type: 1, id: 1, components: [{ type: 2, id: 2, style: 1, label: 'Wave', custom_id: 'wave', emoji: null }] },
      ],
      id: '1466000000000000000',
      channel_id: channel,
      author,
      pinned: false,
      mention_everyone: false,
      tts: false,
      webhook_id: '1',
      application_id: '1',
      message_reference: { type: 0, channel_id: channel, message_id: '1' },
      referenced_message: null,
      interaction_metadata: { id: '1', type: 2 },
      reactions: [{ emoji: { name: '👋' }, count: 1 }],
      position: 0,
      nonce: 7,
    })
    assert.equal(response.content, 'Hello')
    assert.deepEqual(response.embeds, [
      { title: 'T', image: { url: 'https://example.org/i.png' }, author: { name: 'A' } },
    ])
    assert.equal(response.components[0].components[0].label, 'Wave')
  })

  test('what the simulator, as Discord, shows of an answer becomes the same answer again', async () => {
    const embed = { title: 'T', color: 1, footer: { text: 'F' }, timestamp: '2026-01-31T12:00' }
    await kept({ content: 'Again', embeds: [embed] })
    const first = await answer()
    await kept(first)
    const second = await answer()
    assert.equal(second.content, first.content)
    assert.deepEqual(second.embeds, first.embeds)
  })

  test('webhook scripts, an interaction callback, one embed, a list of embeds', async () => {
    assert.deepEqual(await kept({ content: 'x', tts: 'false', allowed_mentions: { parse: [] }, files: [] }), text('x'))
    assert.deepEqual(await kept({ type: 4, data: { content: 'x', tts: false } }), text('x'))
    assert.deepEqual(await kept({ content: 'x', embed: null }), text('x'))
    assert.deepEqual(await kept({ embed: { title: 'T' } }), card({ title: 'T' }))
    const url = 'https://example.org/t.png'
    assert.deepEqual(await kept({ title: 'T', thumbnail: url }), card({ title: 'T', thumbnail: { url } }))
    const nadeko = { plainText: 'x', title: 'T', color: 53380, image: url }
    assert.deepEqual(await kept(nadeko), { ...card({ title: 'T', color: 53380, image: { url } }), content: 'x' })
    const list = [{ type: 'rich', title: 'A' }, { title: 'B' }]
    assert.deepEqual(await kept(list), card({ title: 'A' }, { title: 'B' }))
  })

  test('nulls and empty values anywhere', async () => {
    const fields = [null, { name: '', value: '', inline: false }]
    const embed = { title: 'T', description: null, url: '', image: null, footer: { text: null }, fields }
    const pasted = { content: 'x', embeds: [null, {}, embed], components: [null], poll: null, something_new: null }
    assert.deepEqual(await kept(pasted), { content: 'x', embeds: [{ title: 'T' }], components: [] })
  })

  const colors = {
    '#ff0000': 0xff0000,
    '#F00': 0xff0000,
    ff0000: 0xff0000,
    '0xff0000': 0xff0000,
    16711680: 0xff0000,
    Blurple: 0x5865f2,
    DARK_RED: 0x992d22,
  }
  for (const [color, number] of Object.entries(colors)) {
    test(`the color "${color}"`, async () => {
      assert.deepEqual(await kept({ embeds: [{ title: 'T', color }] }), card({ title: 'T', color: number }))
    })
  }

  const times = {
    '2026-01-31T12:34': '2026-01-31T12:34:00.000Z', // <input type="datetime-local">
    '2026-01-31T12:34:56': '2026-01-31T12:34:56.000Z', // the same with seconds; datetime.isoformat()
    '2026-01-31 12:34:56.789123+00:00': '2026-01-31T12:34:56.789Z', // str(datetime.now(timezone.utc))
    '2026-01-31T12:34:56+0530': '2026-01-31T07:04:56.000Z', // strftime('%z')
    '2026-01-31T12:34:56.789Z': '2026-01-31T12:34:56.789Z', // toISOString()
  }
  for (const [timestamp, normal] of Object.entries(times)) {
    test(`the time "${timestamp}"`, async () => {
      assert.deepEqual(await kept({ embeds: [{ title: 'T', timestamp }] }), card({ title: 'T', timestamp: normal }))
    })
  }

  test('numbers and booleans as texts, ids as numbers', async () => {
    const link = { label: 'L', url: 'https://example.org' }
    const response = await kept({
      embeds: [{ fields: [{ name: 'n', value: 'v', inline: 'true' }] }],
      components: [{ type: '1', components: [{ type: '2', style: '5', ...link, disabled: 'false' }] }],
    })
    assert.deepEqual(response.embeds, [{ fields: [{ name: 'n', value: 'v', inline: true }] }])
    assert.deepEqual(response.components[0].components[0], { type: 2, style: 5, ...link, disabled: false })
  })
})

describe('what cannot be kept is refused with what to do', () => {
  const preview = { type: 'video', url: 'https://example.org', title: 'x' }
  const two = [{ data: { content: 'a' } }, { data: { content: 'b' } }]
  const faulty = [{ data: { embeds: [null, { title: 7 }] } }]
  const embed = (fields) => ({ embeds: [{ title: 'T', ...fields }] })
  const cases = [
    ['reading aloud', { content: 'x', tts: true }, '/tts', /Remove this/],
    ['a file', { content: 'x', attachments: [{ id: '1', filename: 'a.png' }] }, '/attachments', /image/],
    ['a name', { content: 'x', username: 'Captain Hook' }, '/username', /own name/],
    ['a picture', { content: 'x', avatar_url: 'https://example.org/a.png' }, '/avatar_url', /Remove this/],
    ['Components V2', { flags: 32768, components: [{ type: 10, content: 'x' }] }, '/flags', /Components V2/],
    ['its flag', { content: 'x', flags: 32768 }, '/flags', /content, embeds and rows/],
    ['a suppressed embed', { content: 'x', flags: 4 }, '/flags', /Remove/],
    ['a poll', { content: 'x', poll: { question: { text: '?' } } }, '/poll', /Remove this/],
    ['a sticker', { content: 'x', sticker_ids: ['1'] }, '/sticker_ids', /Remove this/],
    ['mentions', { content: 'x', allowed_mentions: { parse: ['everyone'] } }, '/allowed_mentions', /mentions nobody/],
    ["the preview of a link's video", { content: 'x', embeds: [preview] }, '/embeds/0/type', /Remove this embed/],
    ['several messages', { messages: two }, '/messages', /Paste the `data` of one/],
    ['a fault in a wrapped message', { messages: faulty }, '/messages/0/data/embeds/1/title', /string/],
    ['the year 0', embed({ timestamp: '0000-01-01T00:00:00Z' }), '/embeds/0/timestamp', /date and time/],
    ['a day that is none', embed({ timestamp: '2026-02-29T00:00' }), '/embeds/0/timestamp', /date and time/],
    ['a color that is none', embed({ color: 'reddish' }), '/embeds/0/color', /#5865f2/],
    ['an uploaded picture', embed({ image: { url: 'attachment://a.png' } }), '/embeds/0/image/url', /http/],
    ['an unknown member', { content: 'x', colour: 1 }, '/colour', /Unknown field/],
    ['an unknown member of an embed', embed({ colour: 1 }), '/embeds/0/colour', /Unknown field/],
  ]
  for (const [what, response, field, sentence] of cases) {
    test(what, () => assertRefused(response, field, sentence))
  }
})

describe('an address may hold placeholders', () => {
  test('the picture of whoever calls the command', async () => {
    const portrait = { title: 'T', thumbnail: { url: '${user.avatar}' } }
    const stored = await kept({ content: '${user.name}', embeds: [portrait] })
    assert.equal(stored.embeds[0].thumbnail.url, '${user.avatar}')
    const avatar = 'a_0123456789abcdef0123456789abcdef'
    const person = await sim.person({ username: 'face', avatar })
    const { content, embeds } = await answer('', person)
    assert.equal(content, 'face')
    assert.equal(embeds[0].thumbnail.url, `https://cdn.discordapp.com/avatars/${person.id}/${avatar}.gif`)
    const without = await answer()
    assert.match(without.embeds[0].thumbnail.url, /^https:\/\/cdn\.discordapp\.com\/embed\/avatars\/[0-5]\.png$/)
  })

  test('an argument, as far as that leaves it an address', async () => {
    const image = { url: 'https://example.org/${1}.png' }
    await kept({
      content: 'Look:',
      embeds: [{ title: 'T', url: '${1}', image, footer: { text: 'F', icon_url: 'https://${2}/i.png' } }],
      components: [{ type: 1, components: [{ type: 2, style: 5, label: 'Go', url: 'https://example.org/${1}' }] }],
    })
    const good = await answer('cat example.com')
    assert.equal(good.embeds[0].image.url, 'https://example.org/cat.png')
    assert.equal(good.embeds[0].footer.icon_url, 'https://example.com/i.png')
    assert.equal(good.embeds[0].url, undefined)
    assert.equal(good.components[0].components[0].url, 'https://example.org/cat')
    for (const args of ['"two words"', '"><', 'https://a\\b', 'x'.repeat(1900)]) {
      const answered = await answer(args)
      assert.equal(answered.content, 'Look:')
      const [embed] = answered.embeds
      assert.equal(embed.title, 'T')
      assert.equal(embed.footer.text, 'F')
      assert.equal(embed.footer.icon_url, undefined)
      const urls = [embed.url, embed.image?.url].filter((url) => url !== undefined)
      assert.ok(urls.every((url) => URL.canParse(url)), JSON.stringify(embed))
    }
  })

  test('only where it can become one', async () => {
    for (const url of ['${1}', 'https://${1}', 'https://a.example/${args}?q=${random:1-6}', '${choose:a b|c}/x']) {
      await kept({ embeds: [{ title: 'T', url }] })
    }
    for (const url of ['javascript:${1}', 'ftp://${1}', 'example.org/${1}', 'https://example.org/ ${1}', '${1']) {
      await assertRefused({ embeds: [{ title: 'T', url }] }, '/embeds/0/url', /http/)
    }
  })
})
