// Messages as people type them on phones: spelling, mentions of the bot, emoji, edits, and what cannot be seen.
// @database
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { sqliteOnly } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { application, guilds, people, permissions, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const hall = await startGuildhall(test, sim)
const ada = await hall.login(sim, people.ada)
const workshop = await sim.channelOf(guilds.workshop)
const path = `/api/guilds/${guilds.workshop}/commands`
const bot = `<@${application.id}>`

const create = (trigger, fields = {}) =>
  hall.post(path, { token: ada, body: { trigger, response: { content: trigger }, ...fields } })

async function command(trigger, fields) {
  const answer = await create(trigger, fields)
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}

/** Sends it as a new member, because each has a cooldown. */
async function newcomerSays(content, { channel = workshop, guildId = guilds.workshop } = {}) {
  const person = await sim.person()
  await sim.member(guildId, person, permissions.none)
  return sim.say(channel, person, content)
}

const answersTo = async (message, channel = workshop) =>
  (await sim.messages(channel)).filter(({ message_reference }) => message_reference?.message_id === message.id)

const answerTo = (message, channel) =>
  until(async () => (await answersTo(message, channel))[0], `an answer to ${JSON.stringify(message.content)}`)

/** Messages without an answer, although a later one has it. */
async function assertNoAnswer(message, channel = workshop, alive = '!alive') {
  await answerTo(await newcomerSays(alive, { channel }), channel)
  assert.deepEqual(await answersTo(message, channel), [], JSON.stringify(message.content))
}

await command('alive')

describe('a trigger answers to every spelling that people take for it', () => {
  const spellings = {
    hello: ['!hello', '!Hello', '! hello', '!HELLO', '!hel\u200blo', '\ufeff!hello', '!\u2060\nhello'],
    '❤': ['!❤', '!❤️', '! ❤\ufe0e'],
    'caf\u00e9': ['!cafe\u0301', '!CAFÉ', '!Cafe\u0301'],
    straße: ['!STRASSE', '!Straße'],
    'Привет': ['!привет', '!ПРИВЕТ'],
    '1️⃣': ['!1⃣', '!1️⃣'],
  }
  for (const [trigger, typed] of Object.entries(spellings)) {
    test(trigger, async () => {
      await command(trigger)
      for (const content of typed) assert.equal((await answerTo(await newcomerSays(content))).content, trigger)
    })
  }

  test('unless it is case-sensitive', async () => {
    const made = await command('Shout', { caseSensitive: true })
    assert.equal(made.caseSensitive, true)
    assert.equal((await answerTo(await newcomerSays('!Shout'))).content, 'Shout')
    await assertNoAnswer(await newcomerSays('!shout'))
    const changed = await hall.patch(`${path}/${made.id}`, { token: ada, body: { caseSensitive: false } })
    assert.equal(changed.body.caseSensitive, false)
    assert.equal((await answerTo(await newcomerSays('!shout'))).content, 'Shout')
  })

  test('no other', async () => {
    await command('over')
    for (const content of ['!ov', '!overt', '!over\u0301', 'over', '!!over']) {
      await assertNoAnswer(await newcomerSays(content))
    }
  })
})

test('two triggers that only differ so are one', async () => {
  for (const [trigger, ...others] of [
    ['twin', 'Twin', 'TWIN'],
    ['\u00fcber', 'u\u0308ber', 'ÜBER'],
    ['⭐', '⭐️'],
    ['<:wave:123456789012345678>', '<a:renamed:123456789012345678>'],
  ]) {
    const { id } = await command(trigger)
    for (const other of others) {
      assertError(await create(other), 409, { field: '/trigger' })
      assertError(await create(other, { caseSensitive: true }), 409, { field: '/trigger' })
    }
    const same = await hall.patch(`${path}/${id}`, { token: ada, body: { trigger: others[0] } })
    assert.equal(same.status, 200, 'a command is not in its own way')
  }
  await command('Case', { caseSensitive: true })
  await command('case', { caseSensitive: true })
  assertError(await create('CASE'), 409, { field: '/trigger' })
})

test('what cannot be seen or turns text round is refused in triggers and prefixes', async () => {
  const hidden = [...'\u200b\u202e\ufeff\u2063\u00ad\u061c\u2066\u3164\u2800\u{e0041}\u200d\ufe0f']
  const setPrefix = (prefix) => hall.patch(`/api/guilds/${guilds.workshop}`, { token: ada, body: { prefix } })
  for (const character of hidden) {
    const name = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    for (const word of [`a${character}b`, `${character}ab`, character]) {
      const refused = await create(word)
      assertError(refused, 422, { field: '/trigger' })
      assert.ok(refused.body.error.includes(name), refused.body.error)
    }
    assertError(await setPrefix(`!${character}`), 422, { field: '/prefix' })
  }
  for (const visible of ['👨‍👩‍👧', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'می‌خواهم', '❤️‍🔥']) await command(visible)
})

describe('a prefix', () => {
  async function guildWithPrefix(prefix) {
    const { id } = await sim.guild({ owner: people.ada })
    const channel = await sim.channelOf(id)
    await hall.knowsGuild(id, ada)
    const set = await hall.patch(`/api/guilds/${id}`, { token: ada, body: { prefix } })
    assert.equal(set.status, 200, set.text)
    assert.equal(set.body.prefix, prefix)
    const body = { trigger: 'hello', response: { content: 'hi' } }
    const made = await hall.post(`/api/guilds/${id}/commands`, { token: ada, body })
    assert.equal(made.status, 201, made.text)
    return async (content) => answerTo(await newcomerSays(content, { channel, guildId: id }), channel)
  }

  test('may be a custom emoji, which people may rename', async () => {
    const prefix = '<:a_name_of_thirty_two_characters_:12345678901234567890>'
    const answered = await guildWithPrefix(prefix)
    for (const content of [`${prefix} hello`, `${prefix}hello`, '<a:renamed:12345678901234567890> Hello']) {
      await answered(content)
    }
  })

  test('may be an emoji, with or without its variation selector', async () => {
    const answered = await guildWithPrefix('❤️')
    for (const content of ['❤️ hello', '❤hello', '❤️hello']) await answered(content)
  })

  test('is the same in upper case, as phones begin a message', async () => {
    const answered = await guildWithPrefix('p!')
    for (const content of ['P!hello', 'p! Hello']) await answered(content)
  })
})

describe('a mention of the bot', () => {
  test('is a prefix', async () => {
    await command('mentioned')
    const nicknamed = `<@!${application.id}>`
    for (const content of [`${bot} mentioned`, `${nicknamed} mentioned`, `${bot}Mentioned`, `${bot}\n!mentioned`]) {
      assert.equal((await answerTo(await newcomerSays(content))).content, 'mentioned')
    }
    await assertNoAnswer(await newcomerSays(`mentioned ${bot}`))
    await assertNoAnswer(await newcomerSays(`<@${people.ada.id}> mentioned`))
  })

  test('needs no Message Content with MESSAGE_COMMANDS=mentions', async (t) => {
    const other = await startSimulator(t)
    await other.changeGateway({ disallowedIntents: ['MESSAGE_CONTENT'] })
    const quiet = await startGuildhall(t, other, { env: { MESSAGE_COMMANDS: 'mentions' } })
    const token = await quiet.login(other, people.ada)
    const channel = await other.channelOf(guilds.workshop)
    const made = await quiet.post(path, { token, body: { trigger: 'hello', response: { content: 'Hello ${1}' } } })
    assert.equal(made.status, 201, made.text)
    const ignored = await other.say(channel, people.ada, '!hello')
    const asked = await other.say(channel, people.ada, `${bot} hello World`)
    const answer = await until(async () => (await other.messages(channel)).find(({ author }) => author.bot), 'an answer')
    assert.equal(answer.content, 'Hello World')
    assert.equal(answer.message_reference.message_id, asked.id)
    assert.notEqual(answer.message_reference.message_id, ignored.id)
  })
})

describe('a message that is edited into a command', () => {
  test('is answered, once', async () => {
    await command('edited')
    await command('again')
    const message = await newcomerSays('!edtied')
    await sim.editMessage(workshop, message.id, '!edited')
    assert.equal((await answerTo(message)).content, 'edited')
    await sim.editMessage(workshop, message.id, '!again')
    await assertNoAnswer(await newcomerSays('nothing'))
    assert.equal((await answersTo(message)).length, 1)
  })

  test('is not answered if it has been before', async () => {
    await command('first')
    const message = await newcomerSays('!first')
    await answerTo(message)
    await sim.editMessage(workshop, message.id, '!first again')
    await assertNoAnswer(await newcomerSays('nothing'))
    assert.equal((await answersTo(message)).length, 1)
  })

  test('is not answered after a minute, nor where Discord only adds a preview', async () => {
    await command('late')
    const message = await newcomerSays('nothing')
    const said = { ...message, guild_id: guilds.workshop, content: '!late' }
    const update = (edited_timestamp) =>
      sim.dispatch('MESSAGE_UPDATE', { ...said, edited_timestamp }, { guildId: guilds.workshop })
    await update(new Date(Date.parse(message.timestamp) + 61_000).toISOString())
    await update(null)
    await assertNoAnswer(message)
    await update(new Date(Date.parse(message.timestamp) + 59_000).toISOString())
    assert.equal((await answerTo(message)).content, 'late')
  })

  test('is answered by a bot that was away meanwhile, once', async () => {
    await command('missed')
    const message = await newcomerSays('nothing')
    await sim.harm('drop')
    await sim.editMessage(workshop, message.id, '!missed')
    assert.equal((await answerTo(message)).content, 'missed')
    await sim.harm('drop')
    await assertNoAnswer(await newcomerSays('nothing'))
    assert.equal((await answersTo(message)).length, 1)
  })
})

test('commands of an older guildhall that are one now all go on answering', sqliteOnly, async (t) => {
  const other = await startSimulator(t)
  const first = await startGuildhall(t, other)
  const token = await first.login(other, people.ada)
  const made = await first.post(path, { token, body: { trigger: 'hello', response: { content: 'hello' } } })
  assert.equal(made.status, 201, made.text)
  await first.stop()
  // What the migration finds: rows without a key.
  const row = (trigger) =>
    `INSERT INTO commands (guild_id, "trigger", response, created_at, updated_at) SELECT guild_id, '${trigger}', ` +
    `'{"content":"${trigger}","embeds":[],"components":[]}', created_at, updated_at FROM commands LIMIT 1;`
  const rows = ['Hello', 'caf\u00e9', 'cafe\u0301', 'Plain'].map(row).join('')
  execFileSync('sqlite3', [first.env.DB_STORAGE], { input: `${rows} UPDATE commands SET trigger_key = '';` })
  const second = await startGuildhall(t, other, { env: first.env })
  const channel = await other.channelOf(guilds.workshop)
  const own = ['hello', 'Hello', 'caf\u00e9', 'cafe\u0301'].map((trigger) => [`!${trigger}`, trigger])
  for (const [typed, answer] of [...own, ['!PLAIN', 'Plain']]) {
    const person = await other.person()
    await other.member(guilds.workshop, person, permissions.none)
    const message = await other.say(channel, person, typed)
    const found = await until(
      async () => (await other.messages(channel)).find((one) => one.message_reference?.message_id === message.id),
      typed,
    )
    assert.equal(found.content, answer)
  }
  const { body } = await second.get(path, { token })
  assert.deepEqual(
    body.map(({ trigger, caseSensitive }) => [trigger, caseSensitive]),
    [
      ['hello', true],
      ['Hello', true],
      ['caf\u00e9', false],
      ['cafe\u0301', false],
      ['Plain', false],
    ],
  )
})
