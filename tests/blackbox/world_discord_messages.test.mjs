// Messages as Discord really takes them: one bad part does not silence the whole, a missing permission is not all of
// them, and what comes from Discord goes back.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openDashboard } from '../harness/dashboard.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { callCommand, componentsOf, newcomer, scriptedGuild, useComponent } from '../harness/scripts.mjs'
import { guilds, people, permissions, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const hall = await startGuildhall(test, sim, { env: { SCRIPTS_WALL_MS: '60000', ADMIN_USER_IDS: people.linus.id } })
const guild = await scriptedGuild(hall, sim, guilds.workshop, people.ada)
const channel = await sim.channelOf(guilds.workshop)
// An ADMIN's, which sees guilds that are made during a test.
const dashboard = await openDashboard(test, hall, await hall.login(sim, people.linus))
await until(async () => {
  await sim.say(channel, people.ada, 'Is anybody listening?')
  return dashboard.events.length > 0
}, 'the dashboard to receive events')

const allowed = { view: 1n << 10n, send: 1n << 11n, embed: 1n << 14n, history: 1n << 16n }
const all = Object.values(allowed).reduce((sum, bit) => sum | bit)

const row = (...components) => ({ type: 1, components })
const button = (fields) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...fields })

async function ask(command, in_ = channel, guildId = guilds.workshop) {
  return callCommand(sim, in_, await newcomer(sim, guildId), `!${command.trigger}`)
}

/** The report of the last use of a command. */
const report = async ({ id }) => (await dashboard.event('COMMAND_RUN', ({ commandId }) => commandId === id)).data

describe('one bad part', () => {
  const gone = '1234567890123456789'

  for (const [what, response, pointer, check] of [
    [
      'a deleted emoji of a button',
      { content: 'x', components: [row(button({ emoji: { id: gone, name: 'gone' } }))] },
      '/components/0/components/0/emoji/id',
      ({ components }) => assert.equal(components[0].components[0].emoji, undefined),
    ],
    [
      'the emoji of a button without label',
      { content: 'x', components: [row({ type: 2, style: 1, custom_id: 'a', emoji: { id: gone, name: 'gone' } })] },
      '/components/0/components/0/emoji/id',
      ({ components }) => assert.ok(components[0].components[0].label),
    ],
    [
      'a default value that is gone',
      {
        content: 'x',
        components: [row({ type: 5, custom_id: 'who', default_values: [{ id: gone, type: 'user' }] })],
      },
      '/components/0/components/0/default_values/0/id',
      ({ components }) => assert.equal(components[0].components.length, 1),
    ],
    [
      'the emoji of an option',
      {
        content: 'x',
        components: [
          row({ type: 3, custom_id: 'pick', options: [{ label: 'A', value: 'a', emoji: { id: gone, name: 'gone' } }] }),
        ],
      },
      '/components/0/components/0/options/0/emoji/id',
      ({ components }) => assert.equal(components[0].components[0].options[0].emoji, undefined),
    ],
    [
      'the address of an image',
      { embeds: [{ title: 'T', image: { url: 'https://refused.example/a.png' } }] },
      '/embeds/0/image/url',
      ({ embeds }) => assert.deepEqual([embeds[0].title, embeds[0].image], ['T', undefined]),
    ],
    [
      'the icon of an author',
      { embeds: [{ author: { name: 'A', icon_url: 'https://refused.example/a.png' } }] },
      '/embeds/0/author/icon_url',
      ({ embeds }) => assert.deepEqual(embeds[0].author, { name: 'A' }),
    ],
    [
      'a button that leads nowhere',
      {
        content: 'x',
        components: [row({ type: 2, style: 5, label: 'Read', url: 'https://refused.example/a.png' }), row(button())],
      },
      '/components/0/components/0/url',
      ({ components }) => assert.equal(components.length, 1),
    ],
  ]) {
    test(`${what} is left out, and the dashboard says so`, async () => {
      await sim.behave({ refused: [gone, 'https://refused.example/a.png'] })
      const command = await guild.command({ response })
      const message = await ask(command)
      check(message)
      const { outcome, trigger, channelId, leftOut } = await report(command)
      assert.deepEqual([outcome, trigger, channelId], ['answered', command.trigger, channel])
      assert.equal(leftOut.length, 1)
      assert.equal(leftOut[0].pointer, pointer)
      assert.match(leftOut[0].reason, /\w+\.? \([A-Z_]+\)$/)
    })
  }

  test('what cannot be left out is a failure with Discord’s reason', async () => {
    const command = await guild.command({ response: { content: 'x' } })
    const errors = { content: { _errors: [{ code: 'BASE_TYPE_BAD', message: 'No "content" like this.' }] } }
    const body = { code: 50035, message: 'Invalid Form Body', errors }
    await sim.fault({ route: '/channels/:channel_id/messages', method: 'POST', status: 400, body })
    await sim.say(channel, await newcomer(sim, guilds.workshop), `!${command.trigger}`)
    const { outcome, reason, leftOut } = await report(command)
    assert.deepEqual([outcome, leftOut], ['failed', []])
    assert.match(reason, /\/content: No "content" like this\. \(BASE_TYPE_BAD\)/)
  })

  test('Discord that refuses ever new parts is asked only a few times', async () => {
    const embeds = Array.from({ length: 10 }, (_, i) => ({ title: `${i}` }))
    const command = await guild.command({ response: { embeds } })
    const errors = { embeds: { 0: { _errors: [{ code: 'X', message: 'No.' }] } } }
    const body = { code: 50035, message: 'Invalid Form Body', errors }
    await sim.forgetRequests()
    await sim.fault({ route: '/channels/:channel_id/messages', method: 'POST', status: 400, body, count: 100 })
    await sim.say(channel, await newcomer(sim, guilds.workshop), `!${command.trigger}`)
    assert.equal((await report(command)).outcome, 'failed')
    await sim.clearFaults()
    const nonces = (await sim.requests('/channels/:channel_id/messages', 'POST')).map(({ body }) => JSON.parse(body).nonce)
    assert.ok(nonces.length > 1 && nonces.length <= 5, nonces.length)
    assert.equal(new Set(nonces).size, 1, 'never two messages')
  })

  test('a script’s reply loses its bad part, too', async () => {
    await hall.scriptsReady()
    await sim.behave({ refused: [gone] })
    const command = await guild.command({
      response: { content: 'x', components: [row(button())] },
      interaction: `await interaction.reply({content: 'y', components: [{type: 1, components: [
        {type: 2, style: 1, label: 'Z', customId: 'go', emoji: {id: '${gone}', name: 'gone'}}]}]})`,
    })
    const person = await newcomer(sim, guilds.workshop)
    const message = await callCommand(sim, channel, person, `!${command.trigger}`)
    const { message: reply } = await useComponent(sim, channel, person, message, componentsOf(message)[0])
    assert.equal(reply.content, 'y')
    assert.equal(reply.components[0].components[0].label, 'Z')
    assert.equal((await report(command)).leftOut[0].pointer, '/components/0/components/0/emoji/id')
  })
})

describe('what comes from Discord goes back', () => {
  for (const [what, members] of [
    ['unknown members', { componentMembers: { glow: true, future: { a: [1] } }, embedMembers: { reactions: [] } }],
    ['ids and required', { componentMembers: { id: 77, required: false }, embedMembers: { flags: 32 } }],
    ['members that are null', { componentMembers: { sku_id: null, url: null }, embedMembers: { provider: null } }],
  ]) {
    test(`with ${what}`, async () => {
      await hall.scriptsReady()
      await sim.behave({ refused: [], ...members })
      const command = await guild.command({
        response: {
          content: 'x',
          embeds: [{ title: 'T', fields: [{ name: 'a', value: 'b' }], author: { name: 'n' } }],
          components: [
            row(button(), { type: 2, style: 5, label: 'Read', url: 'https://a.example/' }),
            row({ type: 3, custom_id: 'pick', options: [{ label: 'A', value: 'a' }] }),
          ],
        },
        interaction: `await interaction.update({content: 'y', components: interaction.message.components,
                                                embeds: interaction.message.embeds})`,
      })
      const person = await newcomer(sim, guilds.workshop)
      const message = await callCommand(sim, channel, person, `!${command.trigger}`)
      const used = await useComponent(sim, channel, person, message, componentsOf(message)[0])
      assert.equal(used.responses[0].type, 7, JSON.stringify(used.responses))
      assert.equal(used.message.content, 'y')
      assert.equal(used.message.embeds[0].title, 'T')
      assert.equal(componentsOf(used.message).length, 3)
      await sim.behave({ componentMembers: {}, embedMembers: {} })
    })
  }
})

describe('why a shard waits', () => {
  for (const [code, pattern] of [
    [4000, /4000 Unknown error/],
    [4009, /4009 Session timed out/],
  ]) {
    test(`after close code ${code} readyz says so`, async (t) => {
      const other = await startSimulator(t)
      const node = await startGuildhall(t, other)
      await other.harm('refuseConnections', { count: 1000, status: 503 })
      await other.harm('close', { code })
      const first = await until(async () => {
        const { body } = await node.get('/readyz')
        return body.bot.state === 'down' && body.bot.reason
      }, 'the reason')
      assert.match(first, /^Shard 0 is \w+\. Its last connection ended: /)
      await until(async () => /503/.test((await node.get('/readyz')).body.bot.reason), 'the reason of the next attempt')
      assert.ok(pattern.test(first) || /503/.test(first), first)
      assert.match(node.program.output, pattern)
    })
  }

  test('a refused intent says what to do', async (t) => {
    const other = await startSimulator(t)
    await other.changeGateway({ disallowedIntents: ['MESSAGE_CONTENT'] })
    const node = await startGuildhall(t, other, { synced: false })
    const reason = await until(async () => {
      const { body } = await node.get('/readyz')
      return /intent/.test(body.bot.reason) && body.bot.reason
    }, 'the reason')
    assert.match(reason, /Message Content|MESSAGE_CONTENT/i)
  })

  test('an exhausted budget of session starts is named', async (t) => {
    const other = await startSimulator(t)
    await other.changeGateway({ sessionStartLimit: { total: 1000, remaining: 0, resetAfter: 3_600_000 } })
    const node = await startGuildhall(t, other, { synced: false })
    const reason = await until(async () => {
      const { body } = await node.get('/readyz')
      return /session starts/.test(body.bot.reason) && body.bot.reason
    }, 'the reason')
    assert.match(reason, /^Shard 0 is queued\. Discord allows no more session starts for now\. The next one may start at \d/)
  })
})

describe('a missing permission', () => {
  /** A guild where the bot may do just that. */
  async function guildWith(granted) {
    const { id } = await sim.guild({ botPermissions: `${granted}`, roles: [{ name: '@everyone', permissions: '0' }] })
    const own = await scriptedGuild(hall, sim, id, people.ada)
    return { own, id, channel: await sim.channelOf(id) }
  }
  const say = async (place, command) => sim.say(place.channel, await newcomer(sim, place.id), `!${command.trigger}`)
  const answers = async (place, message) =>
    (await sim.messages(place.channel)).filter(({ nonce }) => nonce === message.id)

  test('without Embed Links an embed is text, and text is not silenced', async () => {
    const place = await guildWith(all & ~allowed.embed)
    const card = await place.own.command({ response: { content: 'Read', embeds: [{ title: 'Rules', description: 'Be kind' }] } })
    const plain = await place.own.command({ response: { content: 'plain' } })
    const message = await say(place, card)
    const { outcome, missingPermissions } = await report(card)
    assert.deepEqual([outcome, missingPermissions], ['answered', ['Embed Links']])
    const [answer] = await answers(place, message)
    assert.equal(answer.content, 'Read\n**Rules**\nBe kind')
    assert.equal((await ask(plain, place.channel, place.id)).content, 'plain')
  })

  test('without Send Messages nothing is sent, and the event says what is missing', async () => {
    const place = await guildWith(all & ~allowed.send)
    const command = await place.own.command({ response: { content: 'x' } })
    await sim.forgetRequests()
    await say(place, command)
    const { outcome, missingPermissions, reason } = await report(command)
    assert.deepEqual([outcome, missingPermissions], ['not_permitted', ['Send Messages']])
    assert.equal(reason, 'The bot needs Send Messages in this channel.')
    assert.deepEqual(await sim.requests('/channels/:channel_id/messages', 'POST'), [])
  })

  test('without Read Message History the answer is no reply', async () => {
    const place = await guildWith(all & ~allowed.history)
    const command = await place.own.command({ response: { content: 'here' } })
    await sim.forgetRequests()
    const message = await say(place, command)
    await until(async () => (await answers(place, message)).length === 1, 'the answer')
    assert.equal((await sim.requests('/channels/:channel_id/messages', 'POST')).length, 1)
  })

  test('a permission that is given counts at once', async () => {
    const place = await guildWith(all & ~allowed.send)
    const command = await place.own.command({ response: { content: 'at last' } })
    await say(place, command)
    await report(command)
    const { guilds: known } = await sim.world()
    const role = known.find(({ id }) => id === place.id).roles.find(({ ofBot }) => ofBot)
    await sim.changeRole(place.id, role.id, { permissions: `${all}` })
    assert.equal((await ask(command, place.channel, place.id)).content, 'at last')
  })

  test('a 50013 for an embed that the bot did not expect is answered with text', async () => {
    const card = await guild.command({ response: { embeds: [{ title: 'Surprise' }] } })
    await sim.fault({
      route: '/channels/:channel_id/messages',
      method: 'POST',
      status: 403,
      body: { message: 'Missing Permissions', code: 50013 },
    })
    assert.equal((await ask(card)).content, '**Surprise**')
    const plain = await guild.command({ response: { content: 'plain' } })
    assert.equal((await ask(plain)).content, 'plain')
  })
})
