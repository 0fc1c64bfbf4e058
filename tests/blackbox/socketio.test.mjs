// Socket.IO with the official client, current and version 3, over each transport.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { io as io3 } from 'socket.io-client-3'
import { startEchoServer } from '../harness/echo_server.mjs'
import { root } from '../harness/paths.mjs'
import { until, within } from '../harness/wait.mjs'

const server = await startEchoServer(test)

const received = (socket, event) => within(once(socket, event), event)

/** A client that is closed at the end of the test. */
function open(t, options = {}, { path = '/', url = server.url, connect = io } = {}) {
  const socket = connect(url + path, { forceNew: true, ...options })
  t.after(() => socket.disconnect())
  return socket
}

async function connected(t, options, how) {
  const socket = open(t, options, how)
  const auth = received(socket, 'auth')
  await received(socket, 'connect')
  await auth
  return socket
}

/** A client that is notified when others disconnect. */
async function doorkeeper(t) {
  const socket = await connected(t)
  await within(new Promise((resolve) => socket.emit('join', 'door', resolve)), 'joining')
  return socket
}

const bytes = Buffer.from([0, 1, 2, 253, 254, 255])
const transports = [['polling'], ['websocket'], ['polling', 'websocket']]
const clients = { 'socket.io-client 4': io, 'socket.io-client 3': io3 }

for (const [name, connect] of Object.entries(clients)) {
  for (const transport of transports) {
    describe(`${name} over ${transport.join(' and ')}`, () => {
      const options = { transports: transport }

      test('events, both ways', async (t) => {
        const socket = await connected(t, options, { connect })
        socket.emit('message', 1, '2', { 3: [true, null, 0.5] }, 'ünï © 😀')
        assert.deepEqual(await received(socket, 'message-back'), [1, '2', { 3: [true, null, 0.5] }, 'ünï © 😀'])
      })

      test('an upgrade loses and doubles nothing', { skip: transport.length === 1 }, async (t) => {
        const socket = await connected(t, options, { connect })
        const got = []
        socket.on('message-back', (number) => got.push(number))
        let sent = 0
        const send = () => socket.emit('message', sent++)
        const timer = setInterval(send, 1)
        await until(() => socket.io.engine.transport.name === 'websocket', 'the upgrade')
        for (let i = 0; i < 20; i++) send()
        clearInterval(timer)
        await until(() => got.length >= sent, 'all answers')
        assert.deepEqual(got, [...Array(sent).keys()])
      })

      test('binary, several and nested', async (t) => {
        const socket = await connected(t, options, { connect })
        const big = Buffer.alloc(100_000, 7)
        socket.emit('message', bytes, { deep: [{ in: big }] })
        assert.deepEqual(await received(socket, 'message-back'), [bytes, { deep: [{ in: big }] }])
      })

      test('acknowledgements, also of binary', async (t) => {
        const socket = await connected(t, options, { connect })
        const answer = (...args) => new Promise((resolve) => socket.emit('message-with-ack', ...args, (...got) => resolve(got)))
        const plain = answer(1, 'two')
        const binary = answer({ bytes })
        assert.deepEqual(await within(plain, 'an answer'), [1, 'two'])
        assert.deepEqual(await within(binary, 'an answer'), [{ bytes }])
      })

      test('the server asks', async (t) => {
        const socket = await connected(t, options, { connect })
        socket.on('question', (what, answer) => answer({ bytes, what }))
        socket.emit('ask', 10_000, 'why')
        assert.deepEqual(await received(socket, 'answer'), [{ bytes, what: 'why' }])
      })

      test('namespaces beside each other', async (t) => {
        const main = await connected(t, options, { connect })
        const custom = main.io.socket('/custom', { auth: { token: 'abc' } })
        t.after(() => custom.disconnect())
        assert.deepEqual(await received(custom, 'auth'), [{ token: 'abc' }])
        custom.disconnect()
        main.emit('message', 'still here')
        assert.deepEqual(await received(main, 'message-back'), ['still here'])
      })
    })
  }
}

describe('connecting', () => {
  test('auth is what the client sends, also from a function', async (t) => {
    for (const auth of [{ token: '123' }, (give) => give({ token: '123' })]) {
      const socket = open(t, { auth })
      assert.deepEqual(await received(socket, 'auth'), [{ token: '123' }])
    }
  })

  test('a middleware refuses with a reason and data, and accepts valid clients', async (t) => {
    const socket = open(t, { auth: { token: 'guess' } }, { path: '/private' })
    const [error] = await received(socket, 'connect_error')
    assert.equal(error.message, 'unauthorized')
    assert.deepEqual(error.data, { hint: 'token' })
    socket.auth = { token: 'secret' }
    socket.connect()
    await received(socket, 'connect')
  })

  test('an unknown namespace', async (t) => {
    const socket = open(t, {}, { path: '/nowhere' })
    const [error] = await received(socket, 'connect_error')
    assert.equal(error.message, 'Invalid namespace')
  })

  test('a client that disconnects may connect again', async (t) => {
    const socket = await connected(t)
    const { id } = socket
    socket.disconnect()
    socket.connect()
    await received(socket, 'connect')
    assert.notEqual(socket.id, id)
  })
})

describe('rooms', () => {
  test('each receiver gets it once', async (t) => {
    const sockets = await Promise.all([0, 1, 2, 3].map(() => connected(t)))
    const heard = sockets.map((socket) => {
      const news = []
      socket.on('news', (what) => news.push(what))
      return news
    })
    const join = (i, room) => within(new Promise((resolve) => sockets[i].emit('join', room, resolve)), 'joining')
    await Promise.all([join(0, 'red'), join(1, 'red'), join(1, 'blue'), join(2, 'blue')])
    const say = (where, what) => sockets[3].emit('broadcast', where, what)
    say({ to: ['red'] }, 'to red')
    say({ to: ['red', 'blue'] }, 'to both')
    say({ to: ['blue'], except: ['red'] }, 'to blue alone')
    say({ except: ['blue', sockets[3].id] }, 'but blue')
    say({ to: [sockets[2].id] }, { bytes })
    say({}, 'end')
    await until(() => heard.every((news) => news.at(-1) === 'end'), 'the last news')
    assert.deepEqual(heard, [
      ['to red', 'to both', 'but blue', 'end'],
      ['to red', 'to both', 'end'],
      ['to both', 'to blue alone', { bytes }, 'end'],
      ['end'],
    ])
  })
})

describe('acknowledgements in time', () => {
  test('the client does not answer', async (t) => {
    const socket = await connected(t)
    socket.emit('ask', 50, 'anybody?')
    assert.deepEqual(await received(socket, 'answer'), ['The client did not answer in time'])
  })

  test('the server does not answer', async (t) => {
    const socket = await connected(t)
    await assert.rejects(socket.timeout(50).emitWithAck('nobody listens to this'), /timed out/)
  })
})

describe('ends', () => {
  test('the server ends a socket, or the connection', async (t) => {
    const witness = await doorkeeper(t)
    for (const close of [false, true]) {
      const socket = await connected(t, { reconnection: false })
      const left = received(witness, 'left')
      const { id } = socket
      socket.emit('leave', close)
      assert.deepEqual(await received(socket, 'disconnect').then(([reason]) => reason), 'io server disconnect')
      assert.deepEqual(await left, [id, 'server namespace disconnect'])
    }
  })

  test('the client disconnects, with or without a packet', async (t) => {
    const witness = await doorkeeper(t)
    const polite = await connected(t)
    const left = received(witness, 'left')
    const { id } = polite
    polite.disconnect()
    assert.deepEqual(await left, [id, 'client namespace disconnect'])
    const rude = await connected(t, { transports: ['websocket'], reconnection: false })
    const gone = received(witness, 'left')
    const rudeId = rude.id
    rude.io.engine.transport.ws.terminate()
    assert.deepEqual(await gone, [rudeId, 'transport close'])
  })

  test('malformed packets close only their own connection', async (t) => {
    const good = await doorkeeper(t)
    for (const nonsense of ['9', '2{}', '2["connect"]', '51-["a",{"_placeholder":true,"num":0}]', '30', '2/nowhere,["a"]']) {
      const bad = await connected(t, { transports: ['websocket'], reconnection: false })
      const left = received(good, 'left')
      const { id } = bad
      bad.io.engine.write(nonsense)
      if (nonsense.startsWith('51')) bad.io.engine.write('2["text where bytes should be"]')
      const [leaver, reason] = await left
      assert.equal(leaver, id)
      assert.match(reason, nonsense.includes('nowhere') ? /^forced close$/ : /^parse error$/)
    }
    good.emit('message', 'fine')
    assert.deepEqual(await received(good, 'message-back'), ['fine'])
  })
})

test("the README's example is the one that is compiled", async () => {
  const read = (path) => readFile(join(root, path), 'utf8')
  const example = await read('tests/socketio/example.cpp')
  const quoted = /```cpp\n(.*?)```/s.exec(await read('src/socketio/README.md'))[1]
  assert.equal(quoted, example.slice(example.indexOf('#include')))
})
