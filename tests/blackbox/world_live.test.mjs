// Socket.IO as pages and programs really use it: in a browser, behind nginx, with origins of their own, and from the first
// moment on.
// @long
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { launchBrowser } from '../harness/browser.mjs'
import { onEnd } from '../harness/cleanup.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { root } from '../harness/paths.mjs'
import { freePort, passOn, startNginx } from '../harness/proxy.mjs'
import { guilds, people, permissions, startSimulator } from '../harness/simulator.mjs'
import { until, within } from '../harness/wait.mjs'

const transports = [['polling'], ['websocket'], ['polling', 'websocket']]

/** A site beside guildhall: the same host, so that browsers send it the same cookies, but another origin. */
async function startSite() {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  onEnd(test, () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${server.address().port}`
}
const allowed = await startSite()
const forbidden = await startSite()

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, {
  env: { CORS_ORIGINS: allowed, ADMIN_USER_IDS: people.ada.id, LOG_LEVEL: 'http' },
})
const ada = await hall.login(sim, people.ada)

const port = await freePort()
const url = `https://127.0.0.1:${port}`
const behind = await startGuildhall(test, sim, { env: { PUBLIC_URL: url, TRUSTED_PROXIES: '127.0.0.1' } })
await startNginx(test, port, `location / {${passOn(behind.port)}\n    }`)
const token = await behind.login(sim, people.grace)

const clientScript = await readFile(join(root, 'tests/node_modules/socket.io-client/dist/socket.io.min.js'), 'utf8')
const browser = await launchBrowser(test)

/** A page of `origin` in a browser that is logged in at `url` with a cookie. */
async function openPageOf(t, origin, url, token) {
  // The script of the test is not the page's own.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, bypassCSP: true })
  t.after(() => context.close())
  const secure = url.startsWith('https:')
  const name = secure ? '__Host-token' : 'token'
  await context.addCookies([{ name, value: token, url, httpOnly: true, sameSite: 'Lax', secure }])
  const page = await context.newPage()
  await page.goto(`${origin}/healthz`)
  await page.addScriptTag({ content: clientScript })
  return page
}

/** `connected` over the transport that it ended with, or the error. */
const outcome = (page, url, options) =>
  page.evaluate(
    ([to, given]) =>
      new Promise((resolve) => {
        const socket = globalThis.io(to, { forceNew: true, reconnection: false, withCredentials: true, ...given })
        socket.on('connect_error', ({ message }) => resolve(message))
        socket.on('connect', () => {
          const { engine } = socket.io
          const done = () => resolve(`connected by ${engine.transport.name}`)
          if (given.transports.length > 1 && engine.transport.name === 'polling') engine.once('upgrade', done)
          else done()
        })
      }),
    [url, options],
  )

describe('a page in Chromium', () => {
  for (const choice of transports) {
    const last = choice.at(-1)

    test(`of our own origin needs only the cookie, by ${choice.join(' and ')}`, async (t) => {
      const page = await openPageOf(t, hall.url, hall.url, ada)
      assert.equal(await outcome(page, hall.url, { transports: choice }), `connected by ${last}`)
    })

    test(`of an allowed origin needs only the cookie, by ${choice.join(' and ')}`, async (t) => {
      const page = await openPageOf(t, allowed, hall.url, ada)
      assert.equal(await outcome(page, hall.url, { transports: choice }), `connected by ${last}`)
    })

    test(`of another origin cannot use the cookie, by ${choice.join(' and ')}`, async (t) => {
      const page = await openPageOf(t, forbidden, hall.url, ada)
      assert.match(await outcome(page, hall.url, { transports: choice }), /unauthorized|xhr poll error/)
    })
  }

  test('of another origin gets in with a token of its own', async (t) => {
    const page = await openPageOf(t, forbidden, hall.url, 'nothing')
    const options = { transports: ['websocket'], auth: { token: ada } }
    assert.equal(await outcome(page, hall.url, options), 'connected by websocket')
  })
})

describe('a page in Chromium behind nginx with TLS', () => {
  for (const choice of transports) {
    test(`connects by ${choice.join(' and ')}`, async (t) => {
      const page = await openPageOf(t, url, url, token)
      assert.equal(await outcome(page, url, { transports: choice }), `connected by ${choice.at(-1)}`)
    })
  }

  test('of another origin cannot use the cookie', async (t) => {
    const page = await openPageOf(t, forbidden, url, token)
    for (const choice of transports) {
      assert.match(await outcome(page, url, { transports: choice }), /unauthorized|xhr poll error/)
    }
  })
})

/** A client outside a browser; `events` are the names and payloads it received. */
function client(t, options, node = hall) {
  const socket = io(node.url, { forceNew: true, reconnection: false, transports: ['websocket'], ...options })
  t.after(() => socket.close())
  const events = []
  socket.onAny((name, payload) => events.push({ name, payload }))
  return { socket, events, of: (name) => events.filter((event) => event.name === name).map(({ payload }) => payload) }
}
const connected = async (t, options, node) => {
  const opened = client(t, options, node)
  await within(once(opened.socket, 'connect'), 'a connection')
  return opened
}

describe('programs with an origin of their own', () => {
  for (const origin of ['wss://bots.example', 'https://127.0.0.1:1', 'capacitor://localhost', 'null']) {
    for (const choice of transports) {
      test(`${origin} with a token, by ${choice.join(' and ')}`, async (t) => {
        await connected(t, { transports: choice, extraHeaders: { origin }, auth: { token: ada } })
        await connected(t, { transports: choice, extraHeaders: { origin, authorization: `Bearer ${ada}` } })
      })
    }
    test(`${origin} with the cookie is refused`, async (t) => {
      for (const choice of transports) {
        const { socket } = client(t, { transports: choice, extraHeaders: { origin, cookie: `token=${ada}` } })
        const [error] = await within(once(socket, 'connect_error'), 'a refusal')
        assert.equal(error.message, 'unauthorized')
      }
    })
  }
})

describe('an old protocol', () => {
  const refusal = { code: 5, message: 'Unsupported protocol version' }
  for (const version of ['EIO=3', 'EIO=3&b64=1', 'EIO=2', 'EIO=5']) {
    test(`${version} by polling is told so`, async () => {
      const answer = await hall.get(`/socket.io/?${version}&transport=polling`)
      assert.equal(answer.status, 400)
      assert.deepEqual(answer.body, refusal)
    })

    test(`${version} by WebSocket is told so`, async () => {
      const socket = new WebSocket(`${hall.url.replace('http', 'ws')}/socket.io/?${version}&transport=websocket`)
      socket.on('error', () => {})
      const [, response] = await within(once(socket, 'unexpected-response'), 'a response')
      assert.equal(response.statusCode, 400)
      let text = ''
      for await (const chunk of response) text += chunk
      assert.deepEqual(JSON.parse(text), refusal)
    })
  }
})

test('an answer to a poll has at most 16 packets, and none is lost', async () => {
  for (let i = 0; i < 60; ++i) await hall.get('/healthz')
  const path = '/socket.io/?EIO=4&transport=polling'
  const { sid } = JSON.parse((await hall.get(path)).text.slice(1))
  await hall.post(`${path}&sid=${sid}`, { text: `40${JSON.stringify({ token: ada })}` })
  let logs = 0
  for (let polls = 0; logs < 50; ++polls) {
    assert.ok(polls < 10)
    const packets = (await hall.get(`${path}&sid=${sid}`)).text.split('\x1e')
    assert.ok(packets.length <= 16, `${packets.length} packets`)
    logs += packets.filter((packet) => packet.startsWith('42["log"')).length
  }
})

describe('what a client watches', () => {
  const manager = async (guild, granted = permissions.manageGuild) => {
    const person = await sim.person()
    await sim.member(guild, person, granted)
    return { person, token: await hall.login(sim, person) }
  }

  test('is told after the first check, and what came before is not lost', async (t) => {
    const guild = await sim.guild()
    const { token } = await manager(guild.id)
    const channel = await sim.channelOf(guild.id)
    await sim.fault({ route: '/users/@me/guilds', delayMs: 1500 })
    const { of } = await connected(t, { auth: { token } })
    for (let i = 0; i < 5; ++i) await sim.say(channel, people.ada, `early ${i}`)
    assert.deepEqual(of('watching'), [])
    await until(() => of('watching').length > 0, 'watching')
    assert.deepEqual(of('watching'), [{ guildIds: [guild.id] }])
    const early = () => of('event').filter(({ data }) => /^early/.test(data.content))
    await until(() => early().length === 5, 'the events before the check')
    assert.deepEqual(early().map(({ data }) => data.content), [0, 1, 2, 3, 4].map((i) => `early ${i}`))
    await sim.say(channel, people.ada, 'late')
    await until(() => of('event').some(({ data }) => data.content === 'late'), 'a later event')
    assert.equal(early().length, 5)
  })

  test('changes with the rights', async (t) => {
    const guild = await sim.guild()
    const { token } = await manager(guild.id)
    const { of } = await connected(t, { auth: { token } })
    const last = () => of('watching').at(-1)?.guildIds
    await until(() => last()?.includes(guild.id), 'watching')
    await sim.removeGuild(guild.id)
    await until(() => last().length === 0, 'the change')
  })

  test('is every guild with the bot for an ADMIN', async (t) => {
    const { of } = await connected(t, { auth: { token: ada } })
    await until(() => of('watching').length > 0, 'watching')
    const [{ guildIds }] = of('watching')
    assert.ok(guildIds.includes(guilds.workshop) && guildIds.includes(guilds.harbour))
    assert.ok(!guildIds.includes(guilds.quietCorner))
    const added = await sim.guild()
    await until(() => of('watching').at(-1).guildIds.includes(added.id), 'the new guild')
  })

  test('is nothing for who manages nothing', async (t) => {
    const { of } = await connected(t, { auth: { token: await hall.login(sim, await sim.person()) } })
    await until(() => of('watching').length > 0, 'watching')
    assert.deepEqual(of('watching'), [{ guildIds: [] }])
  })

  test('needs one request to Discord for all dashboards of a person', async (t) => {
    const { token } = await manager((await sim.guild()).id)
    await sim.forgetRequests()
    const dashboards = await Promise.all(Array.from({ length: 300 }, () => connected(t, { auth: { token } })))
    await until(() => dashboards.every(({ of }) => of('watching').length === 1), 'all to know')
    assert.equal((await sim.requests('/users/@me/guilds')).length, 1)
  })
})
