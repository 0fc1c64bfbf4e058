// Who was an ADMIN keeps nothing of it once the role is gone: no session, no socket, no other node.
// @database
import assert from 'node:assert/strict'
import { once } from 'node:events'
import test from 'node:test'
import { io } from 'socket.io-client'
import { assertError } from '../harness/assertions.mjs'
import { environmentFor, startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, guildhallBinary } from '../harness/paths.mjs'
import { run } from '../harness/program.mjs'
import { startSimulator } from '../harness/simulator.mjs'
import { until, within } from '../harness/wait.mjs'

const sim = await startSimulator(test)

/** Nodes, one after the other or at once, on one database with one secret. */
async function installation(t) {
  const directory = await freshDirectory(t)
  const shared = { ...environmentFor(sim, directory), DISCORD_BOT_TOKEN: '', LOG_LEVEL: 'http' }
  return {
    env: shared,
    start: (admins, scope = t) =>
      startGuildhall(scope, sim, { directory, env: { ...shared, ...(admins !== undefined && { ADMIN_USER_IDS: admins }) } }),
    cli: (args, env = {}) => run(guildhallBinary, args, { cwd: directory, env: { ...shared, ...env } }),
  }
}

const rolesOf = async (hall, token) =>
  (await hall.get('/api/users/me', { token })).body.roles.map(({ name }) => name).sort()
const logsStatus = async (hall, token) => (await hall.get('/api/logs', { token })).status

test('everybody who logs in holds USER', async (t) => {
  const { start } = await installation(t)
  const person = await sim.person()
  const hall = await start()
  const token = await hall.login(sim, person)
  assert.deepEqual(await rolesOf(hall, token), ['USER'])
  assert.deepEqual(await rolesOf(hall, await hall.login(sim, person)), ['USER'], 'once')
})

for (const [what, later] of [
  ['is empty', ''],
  ['is not set', undefined],
  ['names somebody else', '2000000000000000002'],
]) {
  test(`an ADMIN of ADMIN_USER_IDS is none after a start at which it ${what}`, async (t) => {
    const { start } = await installation(t)
    const person = await sim.person()
    const before = await start(person.id)
    const token = await before.login(sim, person)
    assert.deepEqual(await rolesOf(before, token), ['ADMIN', 'USER'])
    await before.stop()
    const after = await start(later)
    assertError(await after.get('/api/logs', { token }), 403)
    assert.deepEqual(await rolesOf(after, token), ['USER'])
    assert.deepEqual(await rolesOf(after, await after.login(sim, person)), ['USER'], 'nor at the next login')
    assert.match(after.program.output, /Revoked role ADMIN.*"user":"\d+"/)
  })
}

/** A client of the log, and the messages that it gets. */
async function followLog(t, hall, token) {
  const socket = io(hall.url, { forceNew: true, reconnection: false, auth: { token } })
  t.after(() => socket.close())
  const messages = []
  socket.on('log', ({ message }) => messages.push(message))
  await within(once(socket, 'log'), 'a line of the log')
  return { socket, messages }
}

test('sessions and sockets of a node that goes on feel it', async (t) => {
  const { start } = await installation(t)
  const [person, keeper] = [await sim.person(), await sim.person()]
  const hall = await start(`${person.id},${keeper.id}`)
  const token = await hall.login(sim, person)
  const lost = await followLog(t, hall, token)
  const kept = await followLog(t, hall, await hall.login(sim, keeper))

  await start(keeper.id)
  await until(async () => (await logsStatus(hall, token)) === 403, 'the session to be without the role', 2000)
  let number = 0
  await until(async () => {
    const path = `/line/${++number}`
    await hall.get(path)
    const has = ({ messages }) => messages.some((message) => message.includes(path))
    await until(() => has(kept), 'the line to reach an ADMIN')
    return !has(lost)
  }, 'the socket to be without the log')
  assert.ok(lost.socket.connected, 'a person without the role may stay')
})

test('an operator adds and removes an ADMIN while guildhall runs', async (t) => {
  const { start, cli } = await installation(t)
  const [person, listed] = [await sim.person(), await sim.person()]
  const hall = await start(listed.id)
  const [token] = [await hall.login(sim, person), await hall.login(sim, listed)]

  const admins = { ADMIN_USER_IDS: listed.id }
  assert.equal((await cli(['admin', 'add', person.id], admins)).code, 0)
  await until(async () => (await logsStatus(hall, token)) === 200, 'the session to have the role', 2000)
  const { output } = await cli(['admin', 'list'], admins)
  assert.match(output, new RegExp(`^${person.id} .*added by an operator`, 'm'))
  assert.match(output, new RegExp(`^${listed.id} .*ADMIN_USER_IDS`, 'm'))

  await hall.stop()
  const again = await start('')
  assert.equal(await logsStatus(again, token), 200, 'who was added stays without the list')
  assert.equal((await cli(['admin', 'remove', person.id])).code, 0)
  await until(async () => (await logsStatus(again, token)) === 403, 'the session to be without the role', 2000)
  assert.match((await cli(['admin', 'list'])).output, /^Nobody/m)
})

test('who is listed and then added stays when the list goes', async (t) => {
  const { start, cli } = await installation(t)
  const person = await sim.person()
  const hall = await start(person.id)
  const token = await hall.login(sim, person)
  await cli(['admin', 'add', person.id])
  await hall.stop()
  assert.equal(await logsStatus(await start(''), token), 200)
})

test('what the command cannot do it says in one line', async (t) => {
  const { start, cli } = await installation(t)
  const person = await sim.person()
  const refused = async (args, pattern, env) => {
    const { code, output } = await cli(args, env)
    assert.notEqual(code, 0, output)
    assert.match(output, pattern)
  }
  if (process.env.TEST_DB_DIALECT !== 'mariadb') await refused(['admin', 'list'], /no database/)
  const hall = await start(person.id)
  await hall.login(sim, person)
  await refused(['admin', 'add', '404'], /404 has logged in.*ADMIN_USER_IDS/)
  await refused(['admin', 'add', 'ada'], /ID.*digits/)
  await refused(['admin', 'add'], /ID is required/)
  await refused(['admin'], /subcommand/i)
  await refused(['admin', 'remove', '404'], /404 does not hold role ADMIN/)
  await refused(['admin', 'remove', person.id], /ADMIN_USER_IDS names/, { ADMIN_USER_IDS: person.id })
})
