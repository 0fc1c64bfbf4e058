// What somebody without a login can take from others: memory, places for sessions, connections.
// @long
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { startGuildhall } from '../harness/guildhall.mjs'
import { request } from '../harness/http.mjs'
import { memoryOf, quarantineOf } from '../harness/processes.mjs'
import { exchange, RawConnection } from '../harness/raw_http.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until, within } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { TRUSTED_PROXIES: '127.0.0.9/32' } })
const token = await hall.login(sim, people.ada)
const kilobyte = 1024
const path = '/socket.io/?EIO=4&transport='
const transports = [['polling'], ['websocket'], ['polling', 'websocket']]

async function connected(t, at = hall, options = {}) {
  const socket = io(at.url, { forceNew: true, reconnection: false, auth: { token }, ...options })
  t.after(() => socket.close())
  await within(once(socket, 'connect'), 'a dashboard to connect')
  return socket
}

async function openSession(at = hall, options = {}) {
  const answer = await at.get(`${path}polling`, options)
  assert.equal(answer.status, 200, answer.text)
  const { sid, maxPayload } = JSON.parse(answer.text.slice(1))
  return { sid, maxPayload, post: (text) => at.post(`${path}polling&sid=${sid}`, { text, ...options }) }
}

const sessions = async (at = hall) =>
  Number(/^\S*socketio_connections (\d+)/m.exec((await at.get('/metrics')).text)[1])

describe('200 connections that never join', () => {
  const count = 200
  /** Twenty at a time. */
  const many = async (make) => {
    const made = []
    while (made.length < count) made.push(...(await Promise.all(Array.from({ length: 20 }, make))))
    return made
  }
  const large = Buffer.alloc(999_000)
  const text = (length) => `40{"token":"${'x'.repeat(length - 13)}"}`

  async function webSocket() {
    const socket = new WebSocket(hall.url.replace('http', 'ws') + path + 'websocket')
    socket.on('error', () => {})
    await within(once(socket, 'message'), 'the open packet')
    return socket
  }
  const send = (socket, message, options = {}) => new Promise((resolve) => socket.send(message, options, resolve))

  const rawHead = (length) =>
    `POST ${path}polling&sid=none HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n`

  const attacks = {
    'announce attachments and send them': async () => {
      const socket = await webSocket()
      const placeholders = Array.from({ length: 10 }, (_, num) => ({ _placeholder: true, num }))
      await send(socket, `4510-${JSON.stringify(['x', ...placeholders])}`)
      for (let i = 0; i < 9 && socket.readyState === WebSocket.OPEN; ++i) await send(socket, large)
      return () => socket.terminate()
    },
    'send most of a large message in fragments': async () => {
      const socket = await webSocket()
      await send(socket, '40{"token":"', { fin: false })
      for (let i = 0; i < 15; ++i) await send(socket, 'x'.repeat(kilobyte), { fin: false })
      return () => socket.terminate()
    },
    'begin a frame of a megabyte': async () => {
      const socket = await webSocket()
      await send(socket, large)
      return () => socket.terminate()
    },
    'send pings and read nothing': async () => {
      const socket = await webSocket()
      socket.pause()
      for (let i = 0; i < 2000; ++i) socket.ping('x'.repeat(120))
      return () => socket.terminate()
    },
    'are refused again and again and do not poll': async () => {
      const session = await openSession()
      await session.post(Array.from({ length: 1000 }, (_, i) => `40/n${i},`).join('\x1e'))
      return () => {}
    },
    'post a body that does not end': async () => {
      const { sid } = await openSession()
      const connection = await RawConnection.open(hall.port)
      await connection.send(rawHead(16_000).replace('sid=none', `sid=${sid}`) + 'x'.repeat(15_900))
      return () => connection.close()
    },
    'post a megabyte to a session that does not exist': async () => {
      const connection = await RawConnection.open(hall.port)
      await connection.send(rawHead(1_000_000) + 'x'.repeat(999_000))
      return () => connection.close()
    },
    'send a head that does not end': async () => {
      const connection = await RawConnection.open(hall.port)
      await connection.send(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(15_000)}`)
      return () => connection.close()
    },
    'send as many header fields as fit': async () => {
      const fields = Array.from({ length: 90 }, (_, i) => `a${i}: ${'x'.repeat(160)}\r\n`).join('')
      const connection = await RawConnection.open(hall.port)
      await connection.send(`GET ${path}polling HTTP/1.1\r\nHost: a\r\n${fields}\r\n`)
      await connection.receive(1)
      return () => connection.close()
    },
    'have their tokens refused': async () => {
      const socket = await webSocket()
      await send(socket, text(15_000))
      return () => socket.terminate()
    },
  }

  for (const [what, attack] of Object.entries(attacks)) {
    test(`and ${what} cost at most 64 KB each`, async (t) => {
      const before = memoryOf(hall.program.pid)
      const ends = await many(attack)
      t.after(() => ends.forEach((end) => end()))
      assert.equal((await hall.get('/healthz')).status, 200)
      const each = (memoryOf(hall.program.pid) - before) / count
      t.diagnostic(`${Math.round(each / kilobyte)} KB each`)
      assert.ok(each <= 64 * kilobyte + quarantineOf(hall.program.pid) / count, `${Math.round(each / kilobyte)} KB each`)
    })
  }
})

describe('packets before CONNECT', () => {
  for (const [what, text] of [
    ['an event', '42["x"]'],
    ['an event with attachments', '451-["x",{"_placeholder":true,"num":0}]'],
    ['an acknowledgement with attachments', '461-0[{"_placeholder":true,"num":0}]'],
    ['a disconnection', '41'],
    ['a binary message', 'bAAAA'],
  ]) {
    test(`${what} ends the session`, async () => {
      const session = await openSession()
      await session.post(text)
      const poll = () => hall.get(`${path}polling&sid=${session.sid}`)
      assert.equal((await poll()).text, '1')
      assert.equal((await poll()).status, 400)
    })
  }

  test('a message may be large only after CONNECT', async () => {
    const early = await openSession()
    assert.equal((await early.post(`40{"x":"${'x'.repeat(20_000)}"}`)).status, 413)
    const session = await openSession()
    assert.ok(session.maxPayload > 20_000)
    await session.post(`40{"token":"${token}"}`)
    await until(async () => (await hall.get(`${path}polling&sid=${session.sid}`)).text.includes('40{'), 'CONNECT')
    assert.equal((await session.post(`42["x","${'x'.repeat(20_000)}"]`)).status, 200)
  })

  test('binary data is never taken', async (t) => {
    const socket = await connected(t)
    const gone = once(socket, 'disconnect')
    socket.emit('x', Buffer.alloc(10))
    await within(gone, 'the disconnection')
  })
})

describe('9,936 anonymous handshakes', () => {
  test('lock nobody out', async (t) => {
    const stays = await connected(t)
    const agent = new Agent({ keepAlive: true, maxSockets: 32 })
    t.after(() => agent.destroy())
    let left = 9_936
    const flood = Array.from({ length: 32 }, async () => {
      while (left-- > 0) assert.equal((await openSession()).sid.length, 20)
    })
    const during = connected(t)
    await Promise.all(flood)
    await during
    for (const choice of transports) await connected(t, hall, { transports: choice })
    assert.ok((await sessions()) < 2_100, `${await sessions()} sessions`)
    assert.ok(stays.connected)
  })

  test('from the addresses of one IPv6 customer leave room for others', async (t) => {
    const proxied = await startGuildhall(t, sim, { env: { TRUSTED_PROXIES: '127.0.0.1' } })
    const from = (address) => ({ headers: { 'x-forwarded-for': address } })
    const neighbour = await openSession(proxied, from('192.0.2.1'))
    const other = await openSession(proxied, from('2001:db8:0:2::1'))
    let left = 3_000
    const flood = Array.from({ length: 32 }, async () => {
      while (left-- > 0) await openSession(proxied, from(`2001:db8:0:1:${(left % 60_000).toString(16)}::${left.toString(16)}`))
    })
    await Promise.all(flood)
    assert.ok((await sessions(proxied)) < 1_100, `${await sessions(proxied)} sessions`)
    assert.equal((await neighbour.post('40')).status, 200)
    assert.equal((await other.post('40')).status, 200)
  })
})

describe('idle connections', () => {
  test('make room for others, the oldest first, and busy ones stay', async (t) => {
    const small = await startGuildhall(t, sim, { openFiles: 528 })
    const dashboard = await connected(t, small, { transports: ['polling'], auth: { token: await small.login(sim, people.ada) } })
    const idle = []
    for (let i = 0; i < 400; ++i) idle.push(await RawConnection.open(small.port))
    t.after(() => idle.forEach((connection) => connection.close()))
    assert.equal((await request('GET', `${small.url}/healthz`)).status, 200)
    await until(() => idle[0].ended, 'the oldest to be closed')
    assert.equal(idle.at(-1).ended, false)
    const [answer] = await exchange(small.port, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n', { answers: 1 })
    assert.equal(answer.status, 200)
    assert.ok(dashboard.connected)
    assert.ok(idle.filter(({ ended }) => !ended).length <= 200)
  })

  test('that are in the middle of a body make room too', async (t) => {
    const small = await startGuildhall(t, sim, { openFiles: 528 })
    const body = 'POST /api/auth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'
    const slow = []
    for (let i = 0; i < 300; ++i) {
      slow.push(await RawConnection.open(small.port))
      await slow.at(-1).send(body)
    }
    t.after(() => slow.forEach((connection) => connection.close()))
    const [answer] = await exchange(small.port, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n', { answers: 1 })
    assert.equal(answer.status, 200)
  })
})
