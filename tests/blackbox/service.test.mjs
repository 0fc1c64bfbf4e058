// guildhall as a service of systemd, for which a stand-in listens: readiness, status, watchdog, reload, the journal.
// @database
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { onEnd } from '../harness/cleanup.mjs'
import { environmentFor, newSecret, onceListening, startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, guildhallBinary, root } from '../harness/paths.mjs'
import { Program, run } from '../harness/program.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const friend = 'https://one.example'

/** Listens as systemd does; `next` is the first message, so far or later, that `matches`. */
async function startManager(scope) {
  const directory = await freshDirectory(scope)
  const socket = join(directory, 'notify')
  const program = new Program('python3', [join(root, 'tests/harness/notify_socket.py'), socket])
  onEnd(scope, () => program.kill())
  await program.line((line) => line.includes('listening'), 'its socket')
  const messages = () => program.lines.map((line) => JSON.parse(line))
  return {
    env: { NOTIFY_SOCKET: socket },
    messages,
    next: (matches, what) => program.line((line) => matches(JSON.parse(line)) && JSON.parse(line), what),
  }
}

/** A guildhall whose settings are in a file, which `set` writes and reloads. */
async function startService(scope, variables = {}) {
  const manager = await startManager(scope)
  const directory = await freshDirectory(scope)
  const file = join(directory, 'guildhall.env')
  const all = { ...environmentFor(sim, directory), LOG_LEVEL: 'info', ...variables }
  const write = (changed = {}) => {
    Object.assign(all, changed)
    return writeFile(file, Object.entries(all).map(([name, value]) => `${name}='${value.replaceAll("'", "\\'")}'\n`).join(''))
  }
  await write()
  // The harness sets variables of the environment, which would win over the file: these are unset there.
  const program = new Program(guildhallBinary, ['--env-file', file], { cwd: directory, env: manager.env })
  onEnd(scope, () => program.stop())
  const hall = await onceListening(program, all)
  let reloads = 0
  return {
    hall,
    manager,
    write: (text) => writeFile(file, text),
    /** Changes variables, reloads, and waits until that is through. */
    async reload(changed) {
      if (changed) await write(changed)
      const readies = () => manager.messages().filter(({ READY }) => READY === '1').length
      const before = readies()
      program.child.kill('SIGHUP')
      await until(() => readies() > before, `reload ${++reloads}`)
    },
  }
}

describe('the service manager', () => {
  test('hears when the port is open, what the bot does, and the stop', async (t) => {
    const manager = await startManager(t)
    const hall = await startGuildhall(t, sim, { env: manager.env })
    const ready = await manager.next(({ READY }) => READY === '1', 'READY')
    assert.match(ready.STATUS, /^Serving; \d+ of \d+ shards ready/)
    await manager.next(({ STATUS }) => STATUS === 'Serving; 1 of 1 shards ready', 'the status of a ready bot')
    await hall.stop()
    await manager.next(({ STOPPING }) => STOPPING === '1', 'STOPPING')
    assert.equal(
      manager.messages().some(({ WATCHDOG }) => WATCHDOG),
      false,
      'nobody asked for the watchdog',
    )
  })

  test('says of a bot that cannot connect why', async (t) => {
    const manager = await startManager(t)
    await startGuildhall(t, sim, { env: { ...manager.env, DISCORD_BOT_TOKEN: 'wrong' }, synced: false })
    await manager.next(({ STATUS }) => /^Serving; 0 of 0 shards ready: .*DISCORD_BOT_TOKEN/.test(STATUS), 'the reason')
  })

  test('is pinged for its watchdog', async (t) => {
    const manager = await startManager(t)
    await startGuildhall(t, sim, { env: { ...manager.env, WATCHDOG_USEC: '200000' } })
    const pings = () => manager.messages().filter(({ WATCHDOG }) => WATCHDOG === '1').length
    await until(() => pings() >= 3, 'three pings')
  })
})

describe('a reload', () => {
  const preflight = async (hall, origin) =>
    (await hall.get('/api/users/me', { headers: { origin } })).header('access-control-allow-origin')

  test('applies what can change, and tells the manager', async (t) => {
    const service = await startService(t)
    const { hall } = service
    assert.equal(await preflight(hall, friend), undefined)
    await service.reload({ CORS_ORIGINS: friend, LOG_LEVEL: 'http' })
    const { MONOTONIC_USEC } = await service.manager.next(({ RELOADING }) => RELOADING === '1', 'RELOADING')
    const uptime = Number((await readFile('/proc/uptime', 'utf8')).split(' ')[0])
    assert.ok(Math.abs(Number(MONOTONIC_USEC) / 1e6 - uptime) < 60, `${MONOTONIC_USEC} is the monotonic clock`)
    await hall.log(({ message, changed }) => message === 'Reloaded the configuration' && changed === 'CORS_ORIGINS, LOG_LEVEL', 'the reload')
    assert.equal(await preflight(hall, friend), friend)
    await hall.log(({ level }) => level === 'http', 'a request in the log')
    await service.reload({ CORS_ORIGINS: '' })
    assert.equal(await preflight(hall, friend), undefined)
  })

  test('rotates the keys, and drops an old one', async (t) => {
    const old = newSecret()
    const service = await startService(t, { JWT_SECRET: old })
    const token = await service.hall.login(sim, people.ada)
    const status = async () => (await service.hall.get('/api/users/me', { token })).status
    assert.equal(await status(), 200)
    const fresh = newSecret()
    await service.reload({ JWT_SECRET: `${fresh},${old}` })
    assert.equal(await status(), 200)
    await service.reload({ JWT_SECRET: fresh })
    assert.equal(await status(), 401)
  })

  test('makes and unmakes an ADMIN', async (t) => {
    const service = await startService(t, { ADMIN_USER_IDS: people.ada.id })
    const token = await service.hall.login(sim, people.ada)
    const roles = async () => (await service.hall.get('/api/users/me', { token })).body.roles.map(({ name }) => name).sort()
    assert.deepEqual(await roles(), ['ADMIN', 'USER'])
    await service.reload({ ADMIN_USER_IDS: people.grace.id })
    assert.deepEqual(await roles(), ['USER'])
    await service.reload({ ADMIN_USER_IDS: people.ada.id })
    assert.deepEqual(await roles(), ['ADMIN', 'USER'])
  })

  test('of a bad file changes nothing and names the variable', async (t) => {
    const service = await startService(t, { CORS_ORIGINS: friend })
    await service.reload({ CORS_ORIGINS: 'https://two.example', LOG_LEVEL: 'loud' })
    const { reason } = await service.hall.log(({ message }) => message.startsWith('Nothing was reloaded'), 'the refusal')
    assert.match(reason, /^LOG_LEVEL: expected .*, not "loud" \(from .*guildhall\.env:\d+\)$/)
    assert.equal(await preflight(service.hall, friend), friend)
    await service.write('no variable here\n')
    await service.reload()
    await service.hall.log(({ reason }) => /guildhall\.env:1: expected NAME=value/.test(reason), 'the malformed line')
  })

  test('names what takes a restart, each time', async (t) => {
    const service = await startService(t)
    for (const LOG_LEVEL of ['warn', 'info']) {
      await service.reload({ SHARDS: '2', DB_POOL: '7', LOG_LEVEL })
    }
    const told = () => service.hall.logs().filter(({ message }) => message === 'Restart guildhall to apply the changes of these variables')
    await until(() => told().length === 2, 'both warnings')
    for (const { variables } of told()) assert.equal(variables, 'SHARDS, DB_POOL')
  })
})

test('records reach the journal with their level and fields', async (t) => {
  const directory = await freshDirectory(t)
  // A /run of its own, in which the stand-in listens where the journal does.
  const script = `
    mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal || exit 77
    python3 ${root}tests/harness/notify_socket.py /run/systemd/journal/socket >journal.log & listener=$!
    trap 'kill $listener $hall' EXIT
    wait_for() { for _ in $(seq 3000); do "$@" && return; sleep 0.01; done; echo "waited for: $*"; exit 1; }
    wait_for test -s journal.log
    : >output
    export JOURNAL_STREAM=$(stat -c %d:%i output)
    "$GUILDHALL" >output 2>&1 & hall=$!
    wait_for grep -q Listening journal.log
    kill $hall; wait $hall
    DISCORD_CLIENT_ID=x "$GUILDHALL" >>output 2>&1
    wait_for grep -q Stopped journal.log`
  const env = { ...environmentFor(sim, directory), LOG_FORMAT: 'auto', GUILDHALL: guildhallBinary }
  const { code, output } = await run('unshare', ['--mount', '--map-root-user', 'bash', '-c', script], { cwd: directory, env })
  if (code === 77 || /unshare failed/.test(output)) return t.skip('mounts are not allowed here')
  assert.equal(code, 0, output)
  const entries = (await readFile(join(directory, 'journal.log'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line))
  const listening = entries.find(({ MESSAGE }) => MESSAGE?.startsWith('web: Listening url='))
  assert.equal(listening.PRIORITY, '6')
  assert.equal(listening.SYSLOG_IDENTIFIER, 'guildhall')
  assert.equal(listening.GUILDHALL_SOURCE, 'web')
  assert.equal(listening.GUILDHALL_LEVEL, 'info')
  assert.match(listening.GUILDHALL_URL, /^http:/)
  assert.match(listening.GUILDHALL_PORT, /^\d+$/)
  assert.match(listening.GUILDHALL_LOG_ID, /^\d+$/)
  const direct = await readFile(join(directory, 'output'), 'utf8')
  assert.match(direct, /^<3>guildhall: DISCORD_CLIENT_ID: expected/m, 'only the failed start is on standard error')
})
