// The simulator's gateway behaves as Discord's, to a plain client that keeps or breaks the rules.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import test from 'node:test'
import { inflateSync } from 'node:zlib'
import { GatewayClient, connect, intents, logIn } from '../harness/gateway_client.mjs'
import { request } from '../harness/http.mjs'
import { RawConnection } from '../harness/raw_http.mjs'
import { application, guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until, within } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const asBot = { authorization: `Bot ${application.botToken}` }
const general = await sim.channelOf(guilds.workshop)

test.beforeEach(async () => {
  await sim.reset()
  await sim.changeGateway({ identifyPeriod: 0 })
})

const closeCode = (client) => within(client.closed, 'the close')
/** The close code for a client that does this after HELLO. */
async function closedAfter(act, query) {
  const client = await connect(sim, query)
  act(client)
  return closeCode(client)
}

test('the REST API returns the gateway’s URL and the identify limits', async () => {
  await sim.changeGateway({ shards: 3, maxConcurrency: 2, sessionStartLimit: { remaining: 7, resetAfter: 5000 } })
  assert.deepEqual((await request('GET', `${sim.api}/gateway`)).body, { url: sim.gatewayUrl })
  const { body } = await request('GET', `${sim.api}/gateway/bot`, { headers: asBot })
  const { reset_after: resetAfter, ...limit } = body.session_start_limit
  assert.deepEqual([body.url, body.shards], [sim.gatewayUrl, 3])
  assert.deepEqual(limit, { total: 1000, remaining: 7, max_concurrency: 2 })
  assert.ok(resetAfter > 0 && resetAfter <= 5000)
  assert.equal((await request('GET', `${sim.api}/gateway/bot`)).status, 401)
})

test('IDENTIFY is answered by READY and the guilds', async () => {
  const client = await logIn(sim)
  assert.deepEqual(client.ready.shard, [0, 1])
  assert.equal(client.ready.resume_gateway_url, sim.gatewayUrl)
  assert.equal(client.ready.user.id, application.id)
  const [workshop, harbour] = [await client.event('GUILD_CREATE'), await client.event('GUILD_CREATE')]
  assert.deepEqual([workshop.id, harbour.id], [guilds.workshop, guilds.harbour])
  assert.deepEqual([workshop.channels[0].name, workshop.roles[0].name], ['general', '@everyone'])
  client.send(1, client.payloads.at(-1).s)
  await client.op(11)
  await client.end()
})

test('each mistake has its close code', async () => {
  const identify = (fields) => (client) => client.identify(fields)
  await sim.changeGateway({ disallowedIntents: ['GUILD_MEMBERS'] })
  assert.equal(await closedAfter((client) => client.send(99, null)), 4001)
  assert.equal(await closedAfter((client) => client.socket.send('nonsense')), 4002)
  assert.equal(await closedAfter((client) => client.socket.send(Buffer.from('{"op":1,"d":null}'))), 4002)
  assert.equal(await closedAfter((client) => client.send(3, { status: 'x'.repeat(5000) })), 4002)
  assert.equal(await closedAfter((client) => client.send(3, {})), 4003)
  assert.equal(await closedAfter(identify({ token: 'wrong' })), 4004)
  assert.equal(await closedAfter((client) => client.resume('x', 1, 'wrong')), 4004)
  assert.equal(await closedAfter(identify({ shard: [1, 1] })), 4010)
  assert.equal(await closedAfter(identify({ intents: 1 << 30 })), 4013)
  assert.equal(await closedAfter(identify({ intents: intents.guildMembers })), 4014)
  await sim.changeGateway({ guildsPerShard: 1 })
  assert.equal(await closedAfter(identify()), 4011)
  await sim.changeGateway({ guildsPerShard: 2 })
  assert.equal(await closeCode(new GatewayClient(sim.gatewayUrl, 'v=8&encoding=json')), 4012)
  const client = await logIn(sim)
  client.identify()
  assert.equal(await closeCode(client), 4005)
})

test('unsupported versions and encodings are refused before the WebSocket opens', async () => {
  for (const query of ['v=10&encoding=etf', 'v=10&encoding=json&compress=brotli', 'v=x']) {
    assert.equal(await closeCode(new GatewayClient(sim.gatewayUrl, query)), 1006)
  }
})

test('a client that sends too much is closed with 4008', async () => {
  assert.equal(
    await closedAfter((client) => {
      for (let count = 0; count < 121; ++count) client.send(1, null)
    }),
    4008,
  )
})

test('a client without heartbeats is closed with 4009', async () => {
  await sim.changeGateway({ heartbeatInterval: 50 })
  const client = await logIn(sim)
  assert.equal(await closeCode(client), 4009)
})

test('a resumed session gets the missed events and continues', async () => {
  const first = await logIn(sim, { intents: intents.guildMessages | intents.messageContent })
  const { session_id: session } = first.ready
  await sim.say(general, people.grace, 'heard')
  assert.equal((await first.event('MESSAGE_CREATE')).content, 'heard')
  const { s } = first.payloads.at(-1)
  await first.leave()
  for (const content of ['one', 'two']) await sim.say(general, people.grace, content)

  const second = await connect(sim)
  second.resume(session, s)
  assert.equal((await second.event('MESSAGE_CREATE')).content, 'one')
  assert.equal((await second.event('MESSAGE_CREATE')).content, 'two')
  await second.event('RESUMED')
  await sim.say(general, people.grace, 'three')
  assert.equal((await second.event('MESSAGE_CREATE')).content, 'three')
  assert.deepEqual(
    second.payloads.filter(({ s: sequence }) => sequence).map(({ s: sequence }) => sequence),
    [s + 1, s + 2, s + 3, s + 4],
  )
  const { counts, sessions } = await sim.gateway()
  assert.deepEqual([counts.identifies, counts.resumes, sessions[0].resumed], [1, 1, 1])
  await second.end()
})

test('an ended or unknown session cannot be resumed', async () => {
  const client = await logIn(sim)
  await client.end()
  for (const id of [client.ready.session_id, 'made-up']) {
    const other = await connect(sim)
    other.resume(id, 1)
    assert.equal((await other.op(9)).d, false)
    other.identify()
    await other.event('READY')
    await other.end()
  }
  const ahead = await logIn(sim)
  await ahead.leave()
  assert.equal(await closedAfter((other) => other.resume(ahead.ready.session_id, 1000)), 4007)
})

test('sessions can be removed by a control request', async () => {
  const client = await logIn(sim)
  await sim.harm('forgetSessions')
  await client.leave()
  const again = await connect(sim)
  again.resume(client.ready.session_id, 1)
  assert.equal((await again.op(9)).d, false)
  await again.end()
})

test('intents decide which events arrive and with which content', async () => {
  const members = await logIn(sim, { intents: intents.guilds | intents.guildMembers })
  const blind = await logIn(sim, { intents: intents.guildMessages })
  const seeing = await logIn(sim, { intents: intents.guildMessages | intents.directMessages | intents.messageContent })
  await sim.say(general, people.grace, 'hello')
  assert.equal((await blind.event('MESSAGE_CREATE')).content, '')
  assert.equal((await seeing.event('MESSAGE_CREATE')).content, 'hello')
  await sim.say(general, people.grace, `<@${application.id}> hello`)
  assert.match((await blind.event('MESSAGE_CREATE')).content, /hello/)
  await sim.say((await sim.directMessages(people.grace)).id, people.grace, 'between us')
  await seeing.next(({ d }) => d?.content === 'between us', 'the direct message')
  await sim.member(guilds.workshop, people.linus, '0')
  assert.equal((await members.event('GUILD_MEMBER_ADD')).user.username, 'linus')
  assert.equal(members.payloads.filter(({ t }) => t === 'MESSAGE_CREATE').length, 0)
  assert.equal(blind.payloads.filter(({ t }) => t === 'MESSAGE_CREATE').length, 2)
  for (const client of [members, blind, seeing]) await client.end()
})

test('changes of the world are dispatched as they happen', async () => {
  const client = await logIn(sim)
  const { id } = await sim.guild({ name: 'New', roles: [{ name: 'Mods', permissions: '32' }] })
  const made = await client.next(({ d }) => d?.id === id, 'the new guild')
  assert.deepEqual([made.t, made.d.roles.some(({ name }) => name === 'Mods')], ['GUILD_CREATE', true])
  const role = await sim.role(id, { permissions: '8' })
  assert.equal((await client.event('GUILD_ROLE_CREATE')).role.permissions, '8')
  await sim.changeRole(id, role.id, { permissions: '0' })
  assert.equal((await client.event('GUILD_ROLE_UPDATE')).role.permissions, '0')
  await sim.removeRole(id, role.id)
  assert.equal((await client.event('GUILD_ROLE_DELETE')).role_id, role.id)
  const channel = await sim.channel(id, { name: 'more' })
  assert.equal((await client.event('CHANNEL_CREATE')).name, 'more')
  await sim.removeChannel(id, channel.id)
  assert.equal((await client.event('CHANNEL_DELETE')).id, channel.id)
  await sim.changeGuild(id, { name: 'Newer' })
  assert.equal((await client.event('GUILD_UPDATE')).name, 'Newer')
  await sim.changeGuild(id, { unavailable: true })
  assert.deepEqual(await client.event('GUILD_DELETE'), { id, unavailable: true })
  await sim.changeGuild(id, { unavailable: false })
  assert.equal((await client.event('GUILD_CREATE')).id, id)
  await sim.removeGuild(id)
  assert.deepEqual(await client.event('GUILD_DELETE'), { id })
  await client.end()
})

test('shards share the guilds', async () => {
  const ids = await sim.manyGuilds(6)
  const shards = await Promise.all([0, 1].map((shard) => logIn(sim, { shard: [shard, 2] })))
  for (const [shard, client] of shards.entries()) {
    const told = client.ready.guilds.map(({ id }) => id).filter((id) => ids.includes(id))
    assert.deepEqual(
      told,
      ids.filter((id) => (BigInt(id) >> 22n) % 2n === BigInt(shard)),
    )
    assert.equal(told.length, 3)
  }
  assert.deepEqual((await sim.gateway()).sessions.map(({ shard, shards: count }) => [shard, count]).sort(), [
    [0, 2],
    [1, 2],
  ])
  for (const client of shards) await client.end()
})

test('identifies faster than max_concurrency get op 9', async () => {
  await sim.changeGateway({ identifyPeriod: 60_000, maxConcurrency: 2 })
  const clients = [await logIn(sim, { shard: [0, 3] }), await logIn(sim, { shard: [1, 3] })]
  const third = await connect(sim)
  third.identify({ shard: [2, 3] })
  assert.equal((await third.op(9)).d, false)
  await sim.changeGateway({ identifyPeriod: 0 })
  third.identify({ shard: [2, 3] })
  await third.event('READY')
  const { counts, settings } = await sim.gateway()
  assert.deepEqual([counts.identifies, counts.identifiesRefused, settings.sessionStartLimit.remaining], [3, 1, 997])
  for (const client of [...clients, third]) await client.end()
})

test('zlib-stream is one stream; compress makes each payload one', async () => {
  const streamed = await logIn(sim, {}, 'v=10&encoding=json&compress=zlib-stream')
  assert.equal((await streamed.event('GUILD_CREATE')).id, guilds.workshop)
  await streamed.end()

  const client = await connect(sim)
  const messages = []
  client.socket.removeAllListeners('message')
  client.socket.on('message', (data, isBinary) => messages.push([data, isBinary]))
  client.identify({ compress: true })
  await until(() => messages.length > 0, 'READY')
  const [data, isBinary] = messages[0]
  assert.equal(isBinary, true)
  assert.equal(JSON.parse(inflateSync(data)).t, 'READY')
  await client.end()
})

test('members arrive in chunks', async () => {
  const client = await logIn(sim, { intents: intents.guildMembers })
  client.send(8, { guild_id: guilds.workshop, query: 'g', limit: 10, nonce: 'n' })
  const chunk = await client.event('GUILD_MEMBERS_CHUNK')
  assert.deepEqual(
    chunk.members.map(({ user }) => user.username),
    ['guildhall', 'grace'],
  )
  assert.deepEqual([chunk.chunk_index, chunk.chunk_count, chunk.nonce], [0, 1, 'n'])
  await client.end()
})

test('a dropped connection is reset', async () => {
  const raw = await RawConnection.open(new URL(sim.url).port)
  const error = once(raw.socket, 'error')
  const key = Buffer.alloc(16).toString('base64')
  await raw.send(
    `GET /gateway?v=10&encoding=json HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  )
  await until(async () => (await sim.gateway()).connections === 1, 'the connection')
  await sim.harm('drop')
  assert.equal((await within(error, 'the reset'))[0].code, 'ECONNRESET')
})

test('harm that ends a connection', async () => {
  const dropped = await logIn(sim)
  assert.deepEqual(await sim.harm('drop', { shard: 7 }), { connections: 0 })
  assert.deepEqual(await sim.harm('drop', { shard: 0 }), { connections: 1 })
  assert.equal(await closeCode(dropped), 1006)

  const closed = await logIn(sim)
  await sim.harm('close', { code: 4000 })
  assert.equal(await closeCode(closed), 4000)

  const client = await logIn(sim)
  await sim.harm('reconnect')
  await client.op(7)
  await sim.harm('requestHeartbeat')
  await client.op(1)
  await sim.harm('invalidSession', { resumable: true })
  assert.equal((await client.op(9)).d, true)
  client.resume(client.ready.session_id, 3)
  await client.event('RESUMED')
  await sim.harm('invalidSession')
  assert.equal((await client.op(9)).d, false)
  client.resume(client.ready.session_id, 3)
  assert.equal((await client.op(9)).d, false)
  await client.end()
})

test('harm to heartbeats, new connections and what is sent', async () => {
  await sim.harm('refuseConnections', { count: 1, status: 502 })
  assert.equal(await closeCode(new GatewayClient(sim.gatewayUrl)), 1006)
  await sim.harm('silence')
  const silent = new GatewayClient(sim.gatewayUrl)
  await within(once(silent.socket, 'open'), 'the silent connection')
  const client = await logIn(sim)
  assert.deepEqual([silent.payloads, silent.closeCode], [[], undefined])
  silent.socket.terminate()

  await sim.harm('ignoreHeartbeats', { count: 1 })
  client.send(1, null)
  client.send(1, null)
  await client.op(11)
  assert.equal((await sim.gateway()).counts.heartbeats, 2)
  assert.equal(client.payloads.filter(({ op }) => op === 11).length, 1)

  for (const fields of [{ bytes: 100 }, { bytes: 500, delayMs: 1 }, { bytes: 7, tcp: true }]) {
    await sim.harm('splitFrames', { count: 1, ...fields })
    await sim.dispatch('TEST', { text: 'x'.repeat(2000) })
    assert.equal((await client.event('TEST')).text.length, 2000)
  }

  await sim.harm('delay', { ms: 200, count: 1 })
  const began = Date.now()
  await sim.dispatch('LATE', {})
  await sim.dispatch('AFTER', {})
  await client.event('LATE')
  assert.ok(Date.now() - began >= 190)
  await client.event('AFTER')
  await sim.harm('delay', { ms: 10_000 })
  assert.equal((await sim.gateway()).harm.length, 1)
  await sim.clearHarm()
  assert.equal((await sim.gateway()).harm.length, 0)
  await client.end()
})

test('a flood is numbered and complete', async () => {
  const client = await logIn(sim, { intents: intents.guildMessages | intents.messageContent })
  await sim.flood({ name: 'MESSAGE_CREATE', count: 5000, authorId: people.grace.id, content: '!c{n}' })
  const last = await client.next(({ d }) => d?.content === '!c5000', 'the last message')
  assert.ok([guilds.workshop, guilds.harbour].includes(last.d.guild_id))
  const ids = client.payloads.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d.id)
  assert.equal(new Set(ids).size, 5000)
  const [flood] = await sim.floods()
  assert.deepEqual([flood.sent, flood.count], [5000, 5000])
  await sim.flood({ name: 'TEST', data: { number: '{n}' }, count: 3, rate: 100 })
  await client.next(({ d }) => d?.number === '3', 'the third event')
  await client.end()
})

test('thousands of guilds are created and dispatched quickly', async () => {
  const ids = await sim.manyGuilds(2400, { roles: 2, channels: 3 })
  await sim.changeGateway({ guildsPerShard: 20_000 })
  const client = await logIn(sim)
  await client.next(({ t, d }) => t === 'GUILD_CREATE' && d.id === guilds.harbour, 'the last guild')
  const told = client.payloads.filter(({ t }) => t === 'GUILD_CREATE').map(({ d }) => d.id)
  assert.deepEqual(told, [...ids, guilds.workshop, guilds.harbour])
  await client.end()
})

test('a person sends, edits and deletes a message', async () => {
  const client = await logIn(sim, { intents: intents.guildMessages | intents.messageContent })
  const { id } = await sim.say(general, people.grace, 'helo')
  assert.equal((await client.event('MESSAGE_CREATE')).member.roles.length, 1)
  await sim.editMessage(general, id, 'hello')
  assert.equal((await client.event('MESSAGE_UPDATE')).content, 'hello')
  const answer = await sim.say(general, people.ada, 'hi', { replyTo: id })
  assert.equal(answer.referenced_message.content, 'hello')
  await sim.deleteMessage(general, id)
  assert.equal((await client.event('MESSAGE_DELETE')).id, id)
  assert.deepEqual(
    (await sim.messages(general)).map(({ content }) => content),
    ['hi'],
  )
  await client.end()
})

test('it also works over TLS', async (t) => {
  const own = await startSimulator(t, { tls: true })
  const url = `${own.httpsUrl.replace('https', 'wss')}/gateway`
  const client = new GatewayClient(url, undefined, { ca: await readFile(own.ca) })
  await client.op(10)
  client.identify()
  assert.equal((await client.event('READY')).resume_gateway_url, url)
  await client.end()
})

test('it stops cleanly while clients are connected', async (t) => {
  const own = await startSimulator(t)
  const client = await logIn(own)
  await own.stop()
  assert.equal(await closeCode(client), 1001)
})
