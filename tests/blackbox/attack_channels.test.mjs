// Events of channels go to those who may see the channel.
// @long
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { startGuildhall } from '../harness/guildhall.mjs'
import { people, permissions, startSimulator } from '../harness/simulator.mjs'
import { until, within } from '../harness/wait.mjs'

const viewChannel = '1024'
const sim = await startSimulator(test)
const intents = ['REACTIONS', 'TYPING', 'POLLS'].map((what) => `GUILD_MESSAGE_${what}`)
intents.push('GUILD_VOICE_STATES', 'GUILD_WEBHOOKS', 'GUILD_INVITES', 'GUILD_SCHEDULED_EVENTS')
const env = { ADMIN_USER_IDS: people.linus.id, GATEWAY_INTENTS: intents.join(',') }
const hall = await startGuildhall(test, sim, { env })
const adminToken = await hall.login(sim, people.linus)

/** A dashboard of `person` that watches a guild; `take` returns the events of a name since the last call. */
async function dashboard(t, person, guildId) {
  const token = await hall.login(sim, person)
  const socket = io(hall.url, { forceNew: true, reconnection: false, transports: ['websocket'], auth: { token } })
  t.after(() => socket.close())
  let events = []
  socket.on('event', (event) => events.push(event))
  const watches = new Promise((resolve) => {
    socket.on('watching', ({ guildIds }) => guildIds.includes(guildId) && resolve())
  })
  await within(watches, 'watching')
  const take = () => events.splice(0)
  const saw = (marker) => until(() => events.some(({ name }) => name === marker), marker)
  return { take, saw }
}

/** A guild with a channel, and dashboards of its owner, an administrator, a manager and an ADMIN of guildhall. */
async function scene(t) {
  const [owner, administrator, manager] = [await sim.person(), await sim.person(), await sim.person()]
  const guild = await sim.guild({ owner, channels: [{ name: 'open' }, { name: 'closed' }] })
  await sim.member(guild.id, administrator, permissions.administrator)
  await sim.member(guild.id, manager, permissions.manageGuild)
  // A dashboard that connects before the bot has heard of the guild watches it only after its next check.
  await hall.knowsGuild(guild.id, adminToken)
  const { guilds } = await sim.world()
  const [open, closed] = guilds.find(({ id }) => id === guild.id).channels
  const viewers = {}
  const persons = { owner, administrator, manager, admin: people.linus }
  for (const [name, person] of Object.entries(persons)) viewers[name] = await dashboard(t, person, guild.id)
  let markers = 0

  /** Publishes events, and returns what each viewer got of them. */
  const events = async (list) => {
    for (const viewer of Object.values(viewers)) viewer.take()
    for (const { name, data } of list) await sim.dispatch(name, { guild_id: guild.id, ...data }, { guildId: guild.id })
    const marker = `MARKER_${++markers}`
    await sim.dispatch(marker, { guild_id: guild.id }, { guildId: guild.id })
    const seen = {}
    for (const [name, viewer] of Object.entries(viewers)) {
      await viewer.saw(marker)
      seen[name] = viewer.take().filter((event) => event.name !== marker)
    }
    return seen
  }
  /** Sets the overwrites of the closed channel: `[type, id, allow, deny]`. */
  const overwrite = (...list) => {
    const overwrites = list.map(([type, id, allow, deny]) => ({ type, id, allow, deny }))
    return events([{ name: 'CHANNEL_UPDATE', data: { id: closed.id, type: 0, name: 'closed', permission_overwrites: overwrites } }])
  }
  return { guild, open, closed, manager, events, overwrite }
}

const secret = { content: 'the secret', author: { id: '1', username: 'x' }, embeds: [{ title: 'the secret' }] }
const kinds = (channel) => [
  { name: 'MESSAGE_CREATE', data: { id: '5', channel_id: channel, ...secret } },
  { name: 'MESSAGE_UPDATE', data: { id: '5', channel_id: channel, ...secret } },
  { name: 'MESSAGE_DELETE', data: { id: '5', channel_id: channel } },
  { name: 'MESSAGE_REACTION_ADD', data: { user_id: '4', channel_id: channel, message_id: '5', emoji: { name: 'secret' } } },
  { name: 'MESSAGE_POLL_VOTE_ADD', data: { user_id: '4', channel_id: channel, message_id: '5', answer_id: 1 } },
  { name: 'TYPING_START', data: { channel_id: channel, user_id: '4' } },
  { name: 'CHANNEL_PINS_UPDATE', data: { channel_id: channel, last_pin_timestamp: null } },
  { name: 'VOICE_STATE_UPDATE', data: { channel_id: channel, user_id: '4', session_id: 'secret' } },
  { name: 'WEBHOOKS_UPDATE', data: { channel_id: channel } },
  { name: 'INVITE_CREATE', data: { channel_id: channel, code: 'secret' } },
  { name: 'STAGE_INSTANCE_CREATE', data: { id: '6', channel_id: channel, topic: 'secret' } },
  { name: 'GUILD_SCHEDULED_EVENT_CREATE', data: { id: '6', channel_id: channel, name: 'secret' } },
  { name: 'CHANNEL_UPDATE', data: { id: channel, type: 0, name: 'secret', topic: 'secret' } },
]

test('everybody who watches the guild gets those of an open channel', async (t) => {
  const { open, events } = await scene(t)
  const list = kinds(open.id)
  for (const [who, seen] of Object.entries(await events(list))) {
    assert.deepEqual(seen.map(({ name }) => name), list.map(({ name }) => name), who)
    assert.equal(seen[0].data.content, secret.content, who)
    assert.ok(seen.every((event) => !('withheld' in event)), who)
  }
})

test('who surely may not see a channel gets nothing of it', async (t) => {
  const { guild, closed, events, overwrite } = await scene(t)
  await overwrite([0, guild.id, '0', viewChannel])
  // The last one would open the channel again.
  const list = kinds(closed.id).slice(0, -1)
  const { manager, ...others } = await events(list)
  assert.deepEqual(manager, [])
  for (const [who, seen] of Object.entries(others)) assert.equal(seen.length, list.length, who)
  const opened = await overwrite()
  assert.equal(opened.manager.length, 1)
  assert.equal((await events(list)).manager.length, list.length)
})

test('where it depends on roles that are not known, content is withheld', async (t) => {
  const { guild, closed, events, overwrite } = await scene(t)
  await overwrite([0, guild.id, '0', viewChannel], [0, '77', viewChannel, '0'])
  const list = kinds(closed.id).slice(0, -1)
  const { manager, owner } = await events(list)
  assert.deepEqual(manager.map(({ name }) => name), list.map(({ name }) => name))
  assert.ok(manager.every(({ withheld }) => withheld === true))
  assert.ok(!JSON.stringify(manager).includes('secret'))
  assert.deepEqual(manager[0].data, { guild_id: guild.id, id: '5', channel_id: closed.id })
  assert.equal(owner[0].data.content, secret.content)
})

test('an overwrite for the person decides', async (t) => {
  const { guild, closed, manager, events, overwrite } = await scene(t)
  const list = kinds(closed.id).slice(0, -1)
  await overwrite([0, guild.id, '0', viewChannel], [1, manager.id, viewChannel, '0'])
  assert.equal((await events(list)).manager[0].data.content, secret.content)
  await overwrite([1, manager.id, '0', viewChannel])
  assert.deepEqual((await events(list)).manager, [])
})

describe('threads', () => {
  const thread = '8800000000000000001'
  const created = (parent, type) => ({ name: 'THREAD_CREATE', data: { id: thread, parent_id: parent, type, name: 'secret' } })
  const message = { name: 'MESSAGE_CREATE', data: { id: '5', channel_id: thread, ...secret } }

  test('are seen with their channel', async (t) => {
    const { guild, open, closed, events, overwrite } = await scene(t)
    assert.equal((await events([created(open.id, 11), message])).manager[1].data.content, secret.content)
    await overwrite([0, guild.id, '0', viewChannel])
    const { manager, owner } = await events([created(closed.id, 11), message])
    assert.deepEqual(manager, [])
    assert.equal(owner.length, 2)
  })

  test('that are private keep their content', async (t) => {
    const { open, events } = await scene(t)
    const { manager, administrator } = await events([created(open.id, 12), message])
    assert.ok(manager.every(({ withheld }) => withheld))
    assert.ok(!JSON.stringify(manager).includes('secret'))
    assert.equal(administrator[1].data.content, secret.content)
  })

  test('and channels that nobody has heard of keep theirs', async (t) => {
    const { events } = await scene(t)
    const { manager, owner } = await events([{ ...message, data: { ...message.data, channel_id: '99' } }])
    assert.equal(manager[0].withheld, true)
    assert.equal(owner[0].data.content, secret.content)
  })

  test('end for those who saw them', async (t) => {
    const { guild, open, closed, events, overwrite } = await scene(t)
    await overwrite([0, guild.id, '0', viewChannel])
    const ended = await events([
      { name: 'CHANNEL_DELETE', data: { id: closed.id, type: 0, name: 'secret' } },
      { name: 'CHANNEL_DELETE', data: { id: open.id, type: 0, name: 'open' } },
    ])
    assert.deepEqual(ended.manager.map(({ data }) => data.name), ['open'])
    assert.equal(ended.owner.length, 2)
  })
})
