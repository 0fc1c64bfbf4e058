// Socket.IO clients under failures and in large numbers.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { test } from 'node:test'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { startEchoServer } from '../harness/echo_server.mjs'
import { until, within } from '../harness/wait.mjs'

const received = (socket, event, limit) => within(once(socket, event), event, limit)

async function connected(t, url, options) {
  const socket = io(url, { forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 100, ...options })
  t.after(() => socket.disconnect())
  await received(socket, 'connect')
  return socket
}

/** A client that is notified when others disconnect. */
async function doorkeeper(t, url) {
  const socket = await connected(t, url)
  await socket.timeout(5000).emitWithAck('join', 'door')
  return socket
}

/** A TCP proxy between clients and the server that can be cut or paused. */
async function startRelay(t, port) {
  const pairs = new Set()
  let held = false
  const relay = net.createServer((client) => {
    if (held) return pairs.add([client, client])
    const upstream = net.connect(port, '127.0.0.1')
    const pair = [client, upstream]
    pairs.add(pair)
    client.pipe(upstream).pipe(client)
    pair.forEach((end) => end.on('error', () => {}).on('close', () => (pair.forEach((other) => other.destroy()), pairs.delete(pair))))
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  t.after(() => (relay.close(), pairs.forEach((pair) => pair[0].destroy())))
  return {
    url: `http://127.0.0.1:${relay.address().port}`,
    cut: () => pairs.forEach((pair) => pair[0].destroy()),
    /** Stops forwarding without closing. */
    hold: () => {
      held = true
      pairs.forEach((pair) => pair.forEach((end) => end.unpipe().pause()))
    },
  }
}

test('clients reconnect after a restart of the server', async (t) => {
  const first = await startEchoServer(t)
  const sockets = await Promise.all([['polling'], ['websocket']].map((transports) => connected(t, first.url, { transports })))
  const lost = sockets.map((socket) => received(socket, 'disconnect'))
  await first.program.stop()
  for (const [reason] of await Promise.all(lost)) assert.match(reason, /^transport (close|error)$/)
  const back = sockets.map((socket) => received(socket, 'connect'))
  await startEchoServer(t, { port: first.port })
  await Promise.all(back)
  for (const socket of sockets) {
    socket.emit('message', 'again')
    assert.deepEqual(await received(socket, 'message-back'), ['again'])
  }
})

test('recovery restores the id, the rooms and the missed events', async (t) => {
  const server = await startEchoServer(t, { recovery: true })
  const relay = await startRelay(t, server.port)
  const speaker = await doorkeeper(t, server.url)
  for (const transports of [['websocket'], ['polling']]) {
    const socket = await connected(t, relay.url, { transports })
    const { id } = socket
    assert.ok(!socket.recovered)
    const heard = []
    socket.on('news', (what) => heard.push(what))
    await socket.timeout(5000).emitWithAck('join', 'red')
    const say = (where, what) => speaker.emit('broadcast', where, what)
    say({}, 'before')
    await until(() => heard.length === 1, 'the first news')
    const left = received(speaker, 'left')
    const gone = received(socket, 'disconnect')
    socket.io.reconnection(false)
    // A polling client without a request at this moment would not notice.
    await until(() => {
      relay.cut()
      return !socket.connected
    }, 'the end of the connection')
    await gone
    if (transports[0] === 'websocket') {
      await left
    } else {
      socket.io.engine.close()
    }
    say({ to: ['red'] }, 'to red')
    say({ to: ['blue'] }, 'to blue')
    say({ to: [id] }, 'to it')
    say({ volatile: true }, 'volatile')
    await speaker.timeout(5000).emitWithAck('message-with-ack')
    socket.connect()
    await received(socket, 'connect')
    if (transports[0] === 'polling') continue // Nobody told the server that a poller is gone: it is a new session.
    assert.equal(socket.recovered, true)
    assert.equal(socket.id, id)
    say({ to: ['red'] }, 'after')
    await until(() => heard.at(-1) === 'after', 'the last news')
    assert.deepEqual(heard, ['before', 'to red', 'to it', 'after'])
  }
})

test('without recovery a reconnecting client is a new one', async (t) => {
  const server = await startEchoServer(t)
  const relay = await startRelay(t, server.port)
  const socket = await connected(t, relay.url, { transports: ['websocket'] })
  const { id } = socket
  relay.cut()
  await received(socket, 'connect')
  assert.ok(!socket.recovered)
  assert.notEqual(socket.id, id)
})

test('a half-open connection ends by ping timeout, on both sides', async (t) => {
  const server = await startEchoServer(t, { 'ping-interval': 300, 'ping-timeout': 2000 })
  const relay = await startRelay(t, server.port)
  const witness = await doorkeeper(t, server.url)
  const socket = await connected(t, relay.url, { transports: ['websocket'], reconnection: false })
  const { id } = socket
  const left = received(witness, 'left')
  const gone = received(socket, 'disconnect')
  relay.hold()
  assert.deepEqual(await left, [id, 'ping timeout'])
  assert.equal((await gone)[0], 'ping timeout')
})

test('a long-polling client that stops polling ends by ping timeout', async (t) => {
  const server = await startEchoServer(t, { 'ping-interval': 300, 'ping-timeout': 2000 })
  const witness = await doorkeeper(t, server.url)
  const left = received(witness, 'left')
  const open = `${server.url}/socket.io/?EIO=4&transport=polling`
  const { sid } = JSON.parse((await (await fetch(open)).text()).slice(1))
  await (await fetch(`${open}&sid=${sid}`, { method: 'POST', body: '40' })).text()
  assert.equal((await left)[1], 'ping timeout')
})

test('a client that never reads is dropped, without effect on others', async (t) => {
  const server = await startEchoServer(t)
  const witness = await doorkeeper(t, server.url)
  const deaf = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  t.after(() => deaf.terminate())
  await once(deaf, 'message')
  deaf.send('40')
  await once(deaf, 'message')
  const left = received(witness, 'left')
  deaf.pause()
  deaf.send('42["flood"]')
  assert.equal((await left)[1], 'transport error')
  witness.emit('message', 'unharmed')
  assert.deepEqual(await received(witness, 'message-back'), ['unharmed'])
})

test('2,000 clients connect, receive one broadcast and disconnect', async (t) => {
  const count = 2000
  const server = await startEchoServer(t)
  const speaker = await connected(t, server.url)
  const address = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  let joined = 0
  const heard = []
  const open = () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(address, { perMessageDeflate: false })
      socket.on('error', reject)
      socket.on('message', (data) => {
        const text = data.toString()
        if (text.startsWith('0')) socket.send('40')
        if (text.startsWith('42["auth"')) resolve(socket), (joined += 1)
        if (text === '2') socket.send('3')
        if (text.startsWith('42["news"')) heard.push(text)
      })
    })
  const sockets = []
  while (sockets.length < count) sockets.push(...(await within(Promise.all(Array.from({ length: 100 }, open)), 'clients')))
  assert.equal(joined, count)
  speaker.emit('broadcast', {}, 'hello all')
  await until(() => heard.length === count, 'all to hear it', 60_000)
  assert.ok(heard.every((text) => text === '42["news","hello all"]'))
  for (const socket of sockets) socket.close()
  await within(Promise.all(sockets.map((socket) => socket.readyState === WebSocket.CLOSED || once(socket, 'close'))), 'their end', 60_000)
  speaker.emit('message', 'alone')
  assert.deepEqual(await received(speaker, 'message-back', 60_000), ['alone'])
})
