// The bot as members of a guild see it: custom commands, slash commands, events for dashboards, permissions.
// @database
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { requestsFitDiscord } from '../harness/discord_document.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { application, guilds, people, permissions, startSimulator } from '../harness/simulator.mjs'
import { until, within } from '../harness/wait.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const hall = await startGuildhall(test, sim, { env: { GATEWAY_INTENTS: 'GUILD_MEMBERS', ADMIN_USER_IDS: people.linus.id } })
const ada = await hall.login(sim, people.ada)
const workshop = await sim.channelOf(guilds.workshop)

const as = (token) => ({ authorization: `Bearer ${token}` })

async function command(fields, { guildId = guilds.workshop, token = ada } = {}) {
  const answer = await hall.post(`/api/guilds/${guildId}/commands`, { headers: as(token), body: fields })
  assert.equal(answer.status, 201, answer.text)
  return answer.body
}

/** Sends it as a new member of the guild, because each member has a cooldown. */
async function newcomerSays(content, { channel = workshop, guildId = guilds.workshop } = {}) {
  const person = await sim.person()
  await sim.member(guildId, person, permissions.none)
  return sim.say(channel, person, content)
}

/** The bot's response to a message. */
const answerTo = (message, channel = workshop) =>
  until(async () => {
    const all = await sim.messages(channel)
    return all.find(({ message_reference }) => message_reference?.message_id === message.id)
  }, `an answer to ${message.content}`)

/** Messages without a response, although a later message has one. */
async function assertNoAnswer(message, channel = workshop) {
  const later = await newcomerSays('!sign-of-life', { channel })
  await answerTo(later, channel)
  const all = await sim.messages(channel)
  assert.equal(
    all.some(({ message_reference }) => message_reference?.message_id === message.id),
    false,
  )
}

await command({ trigger: 'sign-of-life', response: { content: 'here' } })

describe('custom commands', () => {
  test('a command responds as soon as it is created, as a reply that pings nobody', async () => {
    await command({ trigger: 'hello', response: { content: 'Hello, ${1}!' } })
    const answer = await answerTo(await newcomerSays('!hello World'))
    assert.equal(answer.content, 'Hello, World!')
    assert.equal(answer.author.id, application.id)
    assert.deepEqual(answer.mentions, [])
  })

  test('arguments are split on white space outside quotes', async () => {
    await command({ trigger: 'args', response: { content: '<${1}|${2}|${3}>' } })
    assert.equal((await answerTo(await newcomerSays('!args one  "two words"'))).content, '<one|two words|>')
  })

  test('arguments fill embeds and cannot mention anybody', async () => {
    await command({
      trigger: 'card',
      response: {
        embeds: [
          {
            title: '${1}',
            description: 'for ${2}',
            color: '#5865f2',
            fields: [{ name: 'n ${1}', value: 'v ${2}' }],
            footer: { text: '${1}' },
          },
        ],
      },
    })
    const answer = await answerTo(await newcomerSays(`!card "a \\"b" <@${people.linus.id}>`))
    const [embed] = answer.embeds
    assert.equal(embed.color, 0x5865f2)
    assert.match(embed.description, /^for /)
    assert.deepEqual(answer.mentions, [])
    const everyone = await answerTo(await newcomerSays('!hello @everyone'))
    assert.equal(everyone.mention_everyone, false)
  })

  test('text from arguments is cut at Discord’s limits', async () => {
    await command({ trigger: 'long', response: { content: '${1}'.repeat(4) } })
    const { content } = await answerTo(await newcomerSays(`!long ${'ü'.repeat(1500)}`))
    assert.equal([...content].length, 2000)
    assert.equal(content.at(-1), '…')
  })

  test('a changed command or prefix applies to the next message', async () => {
    const made = await command({ trigger: 'mood', response: { content: 'fine' } })
    const path = `/api/guilds/${guilds.workshop}/commands/${made.id}`
    await hall.patch(path, { headers: as(ada), body: { response: { content: 'better' } } })
    assert.equal((await answerTo(await newcomerSays('!mood'))).content, 'better')
    await hall.patch(path, { headers: as(ada), body: { trigger: 'humour' } })
    await assertNoAnswer(await newcomerSays('!mood'))
    await hall.patch(`/api/guilds/${guilds.workshop}`, { headers: as(ada), body: { prefix: '?' } })
    assert.equal((await answerTo(await newcomerSays('?humour'))).content, 'better')
    await hall.patch(`/api/guilds/${guilds.workshop}`, { headers: as(ada), body: { prefix: '!' } })
    await hall.delete(path, { headers: as(ada) })
    await assertNoAnswer(await newcomerSays('!humour'))
  })

  test('a command that is switched off gets no response until it is on again', async () => {
    const made = await command({ trigger: 'lamp', response: { content: 'bright' }, enabled: false })
    await assertNoAnswer(await newcomerSays('!lamp'))
    const path = `/api/guilds/${guilds.workshop}/commands/${made.id}`
    const turn = (enabled) => hall.patch(path, { headers: as(ada), body: { enabled } })
    await turn(true)
    assert.equal((await answerTo(await newcomerSays('!lamp'))).content, 'bright')
    await turn(false)
    await assertNoAnswer(await newcomerSays('!lamp'))
  })

  test('it does not exist in other guilds, and bots get no response', async () => {
    const harbour = await sim.channelOf(guilds.harbour)
    const grace = await hall.login(sim, people.grace)
    await command({ trigger: 'sign-of-life', response: { content: 'here' } }, { guildId: guilds.harbour, token: grace })
    const elsewhere = await sim.say(harbour, people.grace, '!hello World')
    const later = await sim.say(harbour, people.grace, '!sign-of-life')
    await answerTo(later, harbour)
    assert.equal((await sim.messages(harbour)).filter(({ message_reference: to }) => to?.message_id === elsewhere.id).length, 0)
    const robot = await sim.person({ bot: true })
    await sim.member(guilds.workshop, robot, permissions.none)
    await assertNoAnswer(await sim.say(workshop, robot, '!hello World'))
  })

  test('a deleted message is still answered', async () => {
    await sim.fault({ method: 'POST', route: '/channels/:channel_id/messages', delayMs: 300 })
    const message = await newcomerSays('!hello Ghost')
    await sim.deleteMessage(workshop, message.id)
    await until(async () => (await sim.messages(workshop)).find(({ content }) => content === 'Hello, Ghost!'), 'the answer')
  })

  test('a lost connection to the API neither loses nor duplicates a response', async () => {
    await sim.fault({ method: 'POST', route: '/channels/:channel_id/messages', drop: true, count: 2 })
    const message = await newcomerSays('!hello again')
    await answerTo(message)
    await assertNoAnswer(await newcomerSays('no command'))
    const all = await sim.messages(workshop)
    assert.equal(all.filter(({ message_reference: to }) => to?.message_id === message.id).length, 1)
  })
})

describe('slash commands', () => {
  const use = async (person, name, options = {}) => {
    const { id } = await sim.interact(workshop, person, { type: 2, name, options })
    return until(async () => (await sim.interaction(id)).message, `an answer to /${name}`)
  }

  test('/ping responds with its argument', async () => {
    await until(async () => (await sim.requests('/applications/:application_id/commands', 'PUT')).length, 'the commands')
    assert.match((await use(people.mallory, 'ping')).content, /pong/i)
    assert.match((await use(people.mallory, 'ping', { input: 'echo' })).content, /echo/)
  })

  test('/help and /commands list what exists', async () => {
    const help = JSON.stringify(await use(people.mallory, 'help'))
    for (const name of ['ping', 'help', 'prefix', 'commands']) assert.match(help, new RegExp(`/${name}`))
    await command({ trigger: 'switched-off', response: { content: 'x' }, enabled: false })
    const listed = JSON.stringify(await use(people.mallory, 'commands'))
    assert.match(listed, /sign-of-life/)
    assert.doesNotMatch(listed, /switched-off/)
  })

  test('/prefix needs permission to manage the guild', async () => {
    assert.match((await use(people.grace, 'prefix')).content, /!/)
    await assert.rejects(use(people.linus, 'prefix', { new: '$' }))
    await use(people.ada, 'prefix', { new: '$' })
    assert.equal((await hall.get(`/api/guilds/${guilds.workshop}`, { headers: as(ada) })).body.prefix, '$')
    assert.equal((await answerTo(await newcomerSays('$sign-of-life'))).content, 'here')
    await use(people.ada, 'prefix', { new: '!' })
  })

  test('they are registered only when they differ', async () => {
    const before = (await sim.requests('/applications/:application_id/commands', 'PUT')).length
    const other = await startGuildhall(test, sim)
    await other.log(({ message }) => message === 'The bot is ready', 'the bot to be ready')
    await until(async () => (await sim.requests('/applications/:application_id/commands', 'GET')).length >= 2, 'the look')
    await other.stop()
    assert.equal((await sim.requests('/applications/:application_id/commands', 'PUT')).length, before)
  })
})

describe('dashboards', () => {
  async function follow(t, token) {
    const socket = io(hall.url, { forceNew: true, auth: { token } })
    t.after(() => socket.close())
    const events = []
    socket.on('event', (event) => events.push(event))
    const ready = once(socket, 'ready')
    await within(once(socket, 'connect'), 'a connection')
    return { events, ready }
  }
  const said = (events, content) => events.find(({ name, data }) => name === 'MESSAGE_CREATE' && data.content === content)

  test('everyone gets the bot’s readiness, managers get the guild’s events', async (t) => {
    const mine = await follow(t, ada)
    const others = await follow(t, await hall.login(sim, people.mallory))
    const [ready] = await within(mine.ready, 'ready')
    assert.equal(ready.user.id, application.id)
    assert.equal(ready.shards, 1)
    await within(others.ready, 'ready for everybody')
    await until(async () => {
      await sim.say(workshop, people.grace, 'is anybody there')
      return said(mine.events, 'is anybody there')
    }, 'the event')
    const event = said(mine.events, 'is anybody there')
    assert.equal(event.guildId, guilds.workshop)
    assert.equal(event.shard, 0)
    assert.equal(event.data.author.id, people.grace.id)
    assert.equal(said(others.events, 'is anybody there'), undefined)
  })

  test('a person who loses the role gets no more events and may change nothing, at once', async (t) => {
    const manager = await sim.person()
    const guild = await sim.guild()
    const role = await sim.role(guild.id, { permissions: permissions.manageGuild })
    await sim.changeMember(guild.id, manager, { roles: [role.id] })
    const token = await hall.login(sim, manager)
    const path = `/api/guilds/${guild.id}`
    await until(async () => (await hall.get(path, { headers: as(token) })).status === 200, 'access')
    const { events } = await follow(t, token)
    const channel = await sim.channelOf(guild.id)
    await until(async () => {
      await sim.say(channel, people.ada, 'before')
      return said(events, 'before')
    }, 'an event')
    await sim.changeMember(guild.id, manager, { roles: [] })
    await until(async () => (await hall.get(path, { headers: as(token) })).status === 403, 'the end of access', 2000)
    // An ADMIN gets each marker event: once they have one that the other client lacks, the other gets no more events.
    const admin = await follow(t, await hall.login(sim, people.linus))
    for (let round = 1; ; round += 1) {
      const mark = `mark ${round}`
      await sim.say(channel, people.ada, mark)
      await until(() => said(admin.events, mark), 'the mark')
      if (!said(events, mark)) break
      assert.ok(round < 100, 'events go on')
    }
  })

  test('a manager by role is cached once found', async () => {
    const manager = await sim.person()
    const roles = [{ id: '7000000000000000001', name: 'Managers', permissions: permissions.manageGuild }]
    const guild = await sim.guild({ roles, members: [{ userId: manager.id, roles: [roles[0].id] }] })
    const token = await hall.login(sim, manager)
    const look = async () => (await hall.get(`/api/guilds/${guild.id}`, { headers: as(token) })).status
    await until(async () => (await look()) === 200, 'access')
    const route = '/guilds/:guild_id/members/:user_id'
    await until(async () => (await sim.requests(route)).some(({ path }) => path.includes(manager.id)), 'the question')
    // A change of permissions invalidates the cached list, and Discord does not return a new one.
    await sim.fault({ route: '/users/@me/guilds', status: 500, count: 1000 })
    const extra = await sim.role(guild.id)
    await sim.removeRole(guild.id, extra.id)
    const mark = await sim.role(guild.id, { permissions: permissions.none })
    await sim.changeRole(guild.id, mark.id, { name: 'told' })
    for (let i = 0; i < 20; i += 1) assert.equal(await look(), 200)
    await sim.clearFaults()
  })

  test('a known manager needs no request to Discord', async () => {
    const owner = await sim.person()
    const guild = await sim.guild({ owner })
    const token = await hall.login(sim, owner)
    await hall.knowsGuild(guild.id, token)
    const before = (await sim.requests('/users/@me/guilds')).length
    for (let i = 0; i < 5; i += 1) {
      assert.equal((await hall.get(`/api/guilds/${guild.id}/commands`, { headers: as(token) })).status, 200)
    }
    assert.equal((await sim.requests('/users/@me/guilds')).length, before)
  })
})

describe('guilds', () => {
  const seen = async (id) => (await hall.get(`/api/guilds/${id}`, { headers: as(ada) })).body
  const status = async (id) => (await hall.get(`/api/guilds/${id}`, { headers: as(ada) })).status

  test('a new guild appears at once; a guild that the bot leaves keeps its settings', async () => {
    const guild = await sim.guild({ name: 'Newcomers' })
    await until(async () => (await status(guild.id)) === 200, 'the guild')
    await hall.patch(`/api/guilds/${guild.id}`, { headers: as(ada), body: { prefix: '>>' } })
    await sim.changeGuild(guild.id, { name: 'Oldtimers' })
    await until(async () => (await seen(guild.id)).name === 'Oldtimers', 'its new name')
    await sim.changeGuild(guild.id, { bot: false })
    await until(async () => (await status(guild.id)) === 404, 'it to be gone')
    await sim.changeGuild(guild.id, { bot: true })
    await until(async () => (await status(guild.id)) === 200, 'its return')
    assert.equal((await seen(guild.id)).prefix, '>>')
  })

  test('an outage does not count as leaving', async () => {
    await sim.changeGuild(guilds.workshop, { unavailable: true })
    const mark = await sim.guild({ name: 'Mark' })
    await until(async () => (await status(mark.id)) === 200, 'what came after it')
    assert.equal(await status(guilds.workshop), 200)
    await sim.changeGuild(guilds.workshop, { unavailable: false })
    assert.equal((await answerTo(await newcomerSays('!sign-of-life'))).content, 'here')
  })
})

describe('what goes wrong', () => {
  test('a channel without permission to send is logged and then skipped', async () => {
    await sim.fault({
      method: 'POST',
      route: '/channels/:channel_id/messages',
      status: 403,
      body: JSON.stringify({ message: 'Missing Permissions', code: 50013 }),
    })
    const { id: quiet } = await sim.channel(guilds.workshop)
    await sim.say(quiet, people.ada, '!hello hush')
    const line = await hall.log(({ source, level }) => source === 'command' && level === 'warn', 'a line about it')
    assert.equal(line.guild, guilds.workshop)
    assert.equal(JSON.stringify(line).includes('hush'), false)
  })

  test('a privileged intent that is not allowed stops the bot, not the API', async () => {
    const strict = await startSimulator(test)
    await strict.changeGateway({ disallowedIntents: ['MESSAGE_CONTENT'] })
    const other = await startGuildhall(test, strict, { synced: false })
    const body = await until(async () => {
      const { body } = await other.get('/readyz')
      return /Message Content Intent/.test(body.bot.reason) && body
    }, 'the reason')
    assert.equal(body.bot.state, 'down')
    assert.equal((await other.get('/healthz')).status, 200)
    assert.equal((await strict.gateway()).counts.connections, 1)
  })

  test('a restart resumes the session and uses no IDENTIFY', async () => {
    const own = await startSimulator(test)
    const first = await startGuildhall(test, own)
    const channel = await own.channelOf(guilds.workshop)
    const token = await first.login(own, people.ada)
    await first.post(`/api/guilds/${guilds.workshop}/commands`, {
      headers: as(token),
      body: { trigger: 'hello', response: { content: 'hi ${1}' } },
    })
    await first.stop()
    await own.say(channel, people.ada, '!hello meanwhile')
    const second = await startGuildhall(test, own, { directory: first.program.cwd ?? undefined, env: first.env })
    await until(async () => (await own.messages(channel)).some(({ content }) => content === 'hi meanwhile'), 'the answer')
    const { counts } = await own.gateway()
    assert.equal(counts.identifies, 1)
    assert.equal(counts.resumes, 1)
    await second.stop()
  })
})

test('every request matches Discord’s OpenAPI document', async () => {
  await requestsFitDiscord(sim)
})
