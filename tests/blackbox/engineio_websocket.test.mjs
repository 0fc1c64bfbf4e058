// Engine.IO v4 over WebSocket, and the upgrade from long-polling: without a library, with npm's ws and with the
// official client.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import test from 'node:test'
import { Socket } from 'engine.io-client'
import { WebSocket } from 'ws'
import { startEchoServer } from '../harness/echo_server.mjs'
import { until, within } from '../harness/wait.mjs'

const server = await startEchoServer(test, { 'max-payload': 100_000, 'tls-port': 0, deflate: true })
const quick = await startEchoServer(test, { 'ping-interval': 300, 'ping-timeout': 1500 })
const trusting = { rejectUnauthorized: false }

/** A client of npm's ws that keeps everything received, in order. */
class Peer {
  received = []
  constructor(url, options) {
    this.socket = new WebSocket(url.replace('http', 'ws'), { allowSynchronousEvents: false, ...options })
    this.socket.on('message', (data, isBinary) => this.received.push(isBinary ? data : data.toString()))
    this.socket.on('error', (error) => (this.error = error))
    this.closed = new Promise((resolve) => this.socket.on('close', (code) => resolve(code)))
  }
  async take(count) {
    await until(() => this.received.length >= count, `${count} messages; there are: ${this.received}`)
    return this.received.splice(0, count)
  }
  send(...messages) {
    messages.forEach((message) => this.socket.send(message))
  }
  end() {
    return within(this.closed, 'the end of a WebSocket')
  }
}

const path = '/engine.io/?EIO=4&transport=websocket'
const connected = async (t, url = server.url, options = {}) => {
  const peer = new Peer(url + path, options)
  t.after(() => peer.socket.terminate())
  const [opened] = await peer.take(1)
  peer.handshake = JSON.parse(opened.slice(1))
  return peer
}
const polling = async (at) => {
  const url = `${at.url}/engine.io/?EIO=4&transport=polling`
  const { sid } = JSON.parse((await (await fetch(url)).text()).slice(1))
  const ask = async (init) => {
    const response = await fetch(`${url}&sid=${sid}`, init)
    return { status: response.status, text: await response.text() }
  }
  return { sid, poll: ask, post: (body) => ask({ method: 'POST', body }) }
}

test('the handshake returns the session’s settings', async (t) => {
  const { handshake } = await connected(t)
  const { sid, ...rest } = handshake
  assert.match(sid, /^[\w-]{20}$/)
  assert.deepEqual(rest, { upgrades: [], pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 100_000 })
})

test('messages of any size are echoed, text as text and bytes as bytes', async (t) => {
  const peer = await connected(t)
  const bytes = Buffer.from([0, 1, 2, 255])
  peer.send('4hello', bytes, '4', Buffer.alloc(0), `4${'\u20ac'.repeat(30_000)}`, Buffer.alloc(100_000, 7))
  const [hello, back, empty, none, long, large] = await peer.take(6)
  assert.deepEqual([hello, back, empty, none], ['4hello', bytes, '4', Buffer.alloc(0)])
  assert.equal(long, `4${'\u20ac'.repeat(30_000)}`)
  assert.ok(large.equals(Buffer.alloc(100_000, 7)))
})

test('messages are compressed only with perMessageDeflate and above the threshold', async (t) => {
  for (const perMessageDeflate of [false, true]) {
    const peer = await connected(t, server.url, { perMessageDeflate })
    assert.equal(peer.socket.extensions, perMessageDeflate ? 'permessage-deflate' : '')
    peer.send(`4${'hello '.repeat(10_000)}`, '4short')
    assert.deepEqual(await peer.take(2), [`4${'hello '.repeat(10_000)}`, '4short'])
    assert.equal(peer.socket._socket.bytesRead < 5000, perMessageDeflate)
  }
  const other = await connected(t, quick.url, { perMessageDeflate: true })
  assert.equal(other.socket.extensions, '')
})

test('it works over TLS', async (t) => {
  const peer = await connected(t, server.tlsUrl, trusting)
  const large = `4${'x'.repeat(99_999)}`
  for (let i = 0; i < 20; i++) peer.send(large, Buffer.from([i]))
  const received = await peer.take(40)
  for (let i = 0; i < 20; i++) {
    assert.equal(received[2 * i], large)
    assert.deepEqual(received[2 * i + 1], Buffer.from([i]))
  }
  peer.send('4close')
  assert.equal(await peer.end(), 1000)
})

test('a session without Engine.IO pongs ends', async (t) => {
  const peer = await connected(t, quick.url)
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(await peer.take(1), ['2'])
    peer.send('3')
  }
  assert.equal(await peer.end(), 1000)
})

test('WebSocket pings are answered', async (t) => {
  const peer = await connected(t)
  const pong = new Promise((resolve) => peer.socket.on('pong', resolve))
  peer.socket.ping('are you there')
  assert.equal((await within(pong, 'a pong')).toString(), 'are you there')
})

test('an invalid packet ends the session', async (t) => {
  for (const message of ['abc', '', '2', '0', '5', '9']) {
    const peer = await connected(t)
    peer.send(message)
    assert.equal(await peer.end(), 1002)
  }
})

test('either side closes', async (t) => {
  const byPacket = await connected(t)
  byPacket.send('1')
  assert.equal(await byPacket.end(), 1000)
  const byFrame = await connected(t)
  byFrame.socket.close(4321, 'enough')
  assert.equal(await byFrame.end(), 4321)
  const byServer = await connected(t)
  byServer.send('4last', '4close')
  assert.deepEqual(await byServer.take(1), ['4last'])
  assert.equal(await byServer.end(), 1000)
})

test('a message that is too big ends the session', async (t) => {
  const peer = await connected(t)
  peer.send(Buffer.alloc(100_001))
  assert.equal(await peer.end(), 1009)
  const bomb = await connected(t, server.url, { perMessageDeflate: true })
  bomb.send(Buffer.alloc(50_000_000))
  assert.equal(await bomb.end(), 1009)
})

test('a WebSocket needs a valid handshake', async () => {
  const refusals = [
    ['/engine.io/?EIO=4&transport=polling', 400],
    ['/engine.io/?transport=websocket', 400],
    ['/engine.io/?EIO=3&transport=websocket', 400],
    ['/engine.io/?EIO=4&transport=websocket&sid=nobody', 400],
    ['/engine.io/?EIO=4', 400],
  ]
  for (const [target, status] of refusals) {
    const peer = new Peer(server.url + target)
    await peer.end()
    assert.equal(peer.error.message, `Unexpected server response: ${status}`)
  }
  const old = new Peer(server.url + path, { protocolVersion: 8 })
  await old.end()
  assert.equal(old.error.message, 'Unexpected server response: 426')
  const foreign = new Peer(server.url + path, { origin: 'https://theirs.example' })
  await foreign.end()
  assert.equal(foreign.error.message, 'Unexpected server response: 403')
})

/** A WebSocket as raw bytes: sends them unchanged and keeps everything received. */
const raw = async (chunks) => {
  const socket = connect(server.port, '127.0.0.1')
  const received = []
  socket.on('data', (bytes) => received.push(bytes))
  socket.on('error', () => {})
  const ended = new Promise((resolve) => socket.on('close', resolve))
  const head = [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]
  socket.setNoDelay(true)
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  for (const chunk of chunks) {
    await new Promise((resolve) => socket.write(chunk, resolve))
    await new Promise(setImmediate)
  }
  await within(ended, 'the end of a connection')
  return Buffer.concat(received)
}
const masked = (first, payload) => {
  const body = Buffer.from(payload)
  const key = [0x12, 0x34, 0x56, 0x78]
  return Buffer.from([first, 0x80 | body.length, ...key, ...body.map((byte, i) => byte ^ key[i % 4])])
}
const closeFrame = (code) => Buffer.from([0x88, 2, code >> 8, code & 255])
const goodbye = masked(0x88, [0x03, 0xe8])

test('frames may arrive in any pieces, also together with the request', async () => {
  const frames = Buffer.concat([masked(0x01, '4hel'), masked(0x89, 'p'), masked(0x80, 'lo'), masked(0x82, 'b'), goodbye])
  const answer = Buffer.concat([
    Buffer.from([0x8a, 1, 0x70, 0x81, 6]),
    Buffer.from('4hello'),
    Buffer.from([0x82, 1, 0x62]),
    closeFrame(1000),
  ])
  for (const chunks of [[frames], [...frames].map((byte) => Buffer.from([byte]))]) {
    const received = await raw(chunks)
    assert.ok(received.subarray(-answer.length).equals(answer), received.toString('latin1'))
  }
})

test('invalid frames close the connection with the reason', async () => {
  const cases = [
    [Buffer.from([0x81, 2, 0x34, 0x61]), 1002], // not masked
    [masked(0xa1, '4a'), 1002], // RSV2 for no reason
    [masked(0x83, 'a'), 1002], // an unknown opcode
    [masked(0x80, 'a'), 1002], // nothing to continue
    [masked(0x09, 'a'), 1002], // half a ping
    [masked(0x88, [3]), 1002], // half a close code
    [masked(0x81, [0x34, 0xff]), 1007], // no UTF-8
    [Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x10, 0, 0, 0, 1, 2, 3, 4]), 1009],
  ]
  for (const [frame, code] of cases) {
    const received = await raw([frame])
    assert.ok(received.subarray(-4).equals(closeFrame(code)), `${frame.toString('hex')}: ${received.toString('hex')}`)
  }
})

test('a client that does not read is closed, without effect on others', async (t) => {
  const peer = await connected(t)
  const lazy = await connected(t, server.url, { perMessageDeflate: false })
  lazy.socket.pause()
  for (let i = 0; i < 10; i++) lazy.send('4flood')
  for (let i = 0; i < 100; i++) {
    peer.send(`4${i}`)
    assert.deepEqual(await peer.take(1), [`4${i}`])
  }
  lazy.socket.resume()
  assert.equal(await lazy.end(), 1006)
})

test('a session upgrades to WebSocket', async (t) => {
  const session = await polling(server)
  const waiting = session.poll()
  const peer = new Peer(`${server.url}${path}&sid=${session.sid}`)
  t.after(() => peer.socket.terminate())
  await until(() => peer.socket.readyState === WebSocket.OPEN, 'an open WebSocket')
  const second = new Peer(`${server.url}${path}&sid=${session.sid}`)
  assert.equal(await second.end(), 1000)
  peer.send('2probe')
  assert.deepEqual(await peer.take(1), ['3probe'])
  assert.equal((await waiting).text, '6')
  await session.post('4between')
  peer.send('5', '4hello')
  assert.deepEqual(await peer.take(2), ['4between', '4hello'])
  for (const request of [session.poll(), session.post('4late')]) {
    const { status, text } = await request
    assert.deepEqual([status, JSON.parse(text)], [400, { code: 3, message: 'Bad request' }])
  }
  const third = new Peer(`${server.url}${path}&sid=${session.sid}`)
  assert.equal(await third.end(), 1000)
  peer.send('4still here')
  assert.deepEqual(await peer.take(1), ['4still here'])
})

test('a failed upgrade is closed, and the session continues', async () => {
  const session = await polling(server)
  for (const first of ['5', '4hello', '2', 'x']) {
    const peer = new Peer(`${server.url}${path}&sid=${session.sid}`)
    await until(() => peer.socket.readyState === WebSocket.OPEN, 'an open WebSocket')
    peer.send(first)
    assert.equal(await peer.end(), 1000)
  }
  await session.post('4hello')
  assert.equal((await session.poll()).text, '4hello')
})

for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
  test(`the official client over ${transports.join(' and then ')} loses and duplicates nothing`, async (t) => {
    const sockets = Array.from({ length: 10 }, () => new Socket(server.url, { transports }))
    t.after(() => sockets.forEach((socket) => socket.close()))
    await Promise.all(
      sockets.map(async (socket) => {
        const received = []
        socket.binaryType = 'nodebuffer'
        socket.on('message', (data) => received.push(typeof data === 'string' ? data : `bytes ${[...data]}`))
        const sent = []
        const isThere = () => transports.length === 1 || socket.transport.name === 'websocket'
        await until(() => {
          if (sent.length >= 400 && isThere()) return true
          const number = sent.length
          socket.send(number % 5 ? `${number}` : Buffer.from([number % 256, 1]))
          sent.push(number % 5 ? `${number}` : `bytes ${number % 256},1`)
          return false
        }, 'the other transport')
        await until(() => received.length >= sent.length, 'all messages')
        assert.deepEqual(received, sent)
      }),
    )
  })
}

test('the official client over TLS', async (t) => {
  const socket = new Socket(server.tlsUrl, trusting)
  t.after(() => socket.close())
  const received = []
  socket.on('message', (data) => received.push(data))
  await until(() => socket.transport.name === 'websocket', 'the other transport')
  socket.send('hello')
  await until(() => received.length === 1, 'a message')
  assert.deepEqual(received, ['hello'])
})

test('a stopping server closes its sessions', async (t) => {
  const stopping = await startEchoServer(t)
  const peer = await connected(t, stopping.url)
  stopping.program.terminate()
  assert.equal(await peer.end(), 1001)
  await stopping.program.stop()
})
