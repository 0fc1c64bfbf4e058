// Discord through a proxy: REST, OAuth2 and the gateway, with Debian's tinyproxy.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { onEnd } from '../harness/cleanup.mjs'
import { environmentFor, startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, guildhallBinary } from '../harness/paths.mjs'
import { Program, run } from '../harness/program.mjs'
import { freePort } from '../harness/proxy.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test, { tls: true })
const overTls = { DISCORD_API_URL: `${sim.httpsUrl}/api/v10`, SSL_CERT_FILE: sim.ca }

/** Starts tinyproxy with more `lines` of configuration; `{port, program}`. */
async function startProxy(t, lines = []) {
  const directory = await freshDirectory(t)
  const port = await freePort()
  const file = join(directory, 'tinyproxy.conf')
  await writeFile(file, [`Port ${port}`, 'Listen 127.0.0.1', 'Timeout 600', 'LogLevel Info', ...lines, ''].join('\n'))
  const program = new Program('tinyproxy', ['-d', '-c', file], { cwd: directory })
  onEnd(t, () => program.stop())
  await program.line((line) => /Accepting connections/.test(line) || undefined, 'tinyproxy to listen')
  return { port, program }
}

const tunnels = ({ program }) => program.lines.filter((line) => /CONNECT \S+ HTTP/.test(line)).length

test('logins, lists and the gateway go through HTTPS_PROXY', async (t) => {
  const proxy = await startProxy(t)
  const hall = await startGuildhall(t, sim, { env: { ...overTls, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } })
  const token = await hall.login(sim, people.ada)
  assert.ok((await hall.get('/api/users/me/guilds', { token })).body.length > 0)
  assert.ok(tunnels(proxy) >= 2, proxy.program.output)
  const [session] = (await sim.gateway()).sessions.filter(({ connected }) => connected)
  assert.ok(session)
  await proxy.program.stop()
  const reason = await until(async () => {
    const { body } = await hall.get('/readyz')
    return body.bot.state === 'down' && /proxy/.test(body.bot.reason) && body.bot.reason
  }, 'the reason')
  assert.match(reason, /The proxy 127\.0\.0\.1:\d+ makes no connection to /)
})

test('a proxy with a password', async (t) => {
  const proxy = await startProxy(t, ['BasicAuth ada secret1'])
  const url = `127.0.0.1:${proxy.port}`
  const hall = await startGuildhall(t, sim, { env: { ...overTls, HTTPS_PROXY: `http://ada:secret1@${url}` } })
  await hall.login(sim, people.ada)
  const refused = await startGuildhall(t, sim, { env: { ...overTls, HTTPS_PROXY: `http://${url}` }, synced: false })
  await refused.log(({ reason }) => /proxy/.test(reason) && /401|407/.test(reason), 'the reason')
  for (const { program } of [hall, refused]) assert.doesNotMatch(program.output, /secret1/)
})

test('https_proxy and no_proxy come before those in upper case, as with curl', async (t) => {
  const proxy = await startProxy(t)
  const lower = { https_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: 'example.org' }
  const upper = { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '*' }
  const hall = await startGuildhall(t, sim, { env: { ...overTls, ...upper, ...lower } })
  await hall.login(sim, people.ada)
  assert.ok(tunnels(proxy) >= 2, proxy.program.output)
  const direct = await startGuildhall(t, sim, { env: { ...overTls, HTTPS_PROXY: upper.HTTPS_PROXY, https_proxy: '' } })
  await direct.login(sim, people.ada)
})

test('HTTP_PROXY and ALL_PROXY mean nothing, since all of Discord is https', async (t) => {
  const env = { ...overTls, HTTP_PROXY: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1', ALL_PROXY: 'socks5://127.0.0.1:1' }
  const hall = await startGuildhall(t, sim, { env })
  await hall.login(sim, people.ada)
})

for (const exceptions of ['127.0.0.1', '10.0.0.0/8,127.0.0.0/8', '*']) {
  test(`NO_PROXY=${exceptions} goes past it`, async (t) => {
    const env = { ...overTls, HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: exceptions }
    const hall = await startGuildhall(t, sim, { env })
    await hall.login(sim, people.ada)
  })
}

test('what is no proxy stops the start, without its password', async (t) => {
  const directory = await freshDirectory(t)
  for (const url of ['socks5://ada:secret2@127.0.0.1:1080', '127.0.0.1:3128', 'http://a/path']) {
    const env = { ...environmentFor(sim, directory), HTTPS_PROXY: url }
    const { code, output } = await run(guildhallBinary, [], { cwd: directory, env })
    assert.equal(code, 1, url)
    assert.match(output, /HTTPS_PROXY/)
    assert.doesNotMatch(output, /secret2/)
  }
})
