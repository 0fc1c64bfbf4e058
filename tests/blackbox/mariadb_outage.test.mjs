// MariaDB goes away and comes back: nobody waits for long, nothing answered is lost, everything recovers by itself.
// @quiet
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { assertRetryAfter } from '../harness/assertions.mjs'
import { account, freshDatabase, prepare } from '../harness/database.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { startMariaDb } from '../harness/mariadb.mjs'
import { people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

/** Of each load. */
const clients = 6

/** The limit is two seconds; the rest is for a busy machine. */
// The database may answer a first question slowly before the second one waits for its two seconds in vain.
const answerLimitMs = 3500

const [sim, server] = await Promise.all([startSimulator(test), startMariaDb(test).then(prepare)])
const own = await sim.guilds(8)
const env = { ...freshDatabase(server), ADMIN_USER_IDS: people.ada.id, LOG_LEVEL: 'http' }
const hall = await startGuildhall(test, sim, { env })
const token = await hall.login(sim, people.ada)

const readiness = () => hall.get('/readyz')
const ready = async () => (await readiness()).status === 200
const healed = (limitMs = 10_000) => until(ready, 'guildhall to be ready again', limitMs)
const newGuild = () => own.pop().id
const rows = (statement) => server.sql(statement, { database: env.DB_NAME }).split('\n')

/** Clients that create, change and read commands without pause, until `stop()`. */
class Load {
  answers = []
  /** The last response about each command, by trigger. */
  made = new Map()
  #stopped = false
  #running

  constructor(guildId) {
    this.path = `/api/guilds/${guildId}/commands`
    this.#running = Array.from({ length: clients }, (_, client) => this.#run(client))
  }

  async #run(client) {
    for (let number = 0; !this.#stopped; ++number) {
      const trigger = `c${client}n${number}`
      const made = await this.#ask('POST', this.path, { body: { trigger, response: { content: trigger } } })
      if (made.status === 201) {
        this.made.set(trigger, made.body)
        const one = `${this.path}/${made.body.id}`
        await this.#ask('GET', one)
        const changed = await this.#ask('PATCH', one, { body: { interaction: trigger } })
        if (changed.status === 200) this.made.set(trigger, changed.body)
      }
      await this.#ask('GET', '/api/users/me')
      await this.#ask('GET', `${this.path}/18446744073709551615`)
    }
  }

  async #ask(method, path, options) {
    const begin = performance.now()
    const answer = await hall.request(method, path, { token, ...options })
    this.answers.push({ method, status: answer.status, ms: performance.now() - begin, answer })
    return answer
  }

  count(status) {
    return this.answers.filter((answer) => answer.status === status).length
  }

  /** Waits for so many more responses with a status. */
  async more(status, count = 20) {
    const before = this.count(status)
    await until(() => this.count(status) >= before + count, `${count} answers ${status}`)
  }

  async stop() {
    this.#stopped = true
    await Promise.all(this.#running)
  }
}

/** Asserts that no request took long, and that each response is right or has Retry-After. */
function assertPrompt(load) {
  for (const { method, status, ms, answer } of load.answers) {
    assert.ok([200, 201, 404, 503].includes(status), `${method}: ${status} ${answer.text}`)
    assert.ok(ms < answerLimitMs, `${method} took ${Math.round(ms)} ms: ${status} ${answer.text}`)
    if (status === 503) assertRetryAfter(answer)
  }
}

/** Asserts that all created commands exist as last answered. */
async function assertKept(load) {
  const commands = await hall.wholeCommands(load.path, token)
  const listed = new Map(commands.map((command) => [command.trigger, command]))
  for (const [trigger, { id, createdAt, interaction }] of load.made) {
    const kept = listed.get(trigger)
    assert.ok(kept, `${trigger} is lost`)
    assert.deepEqual([kept.id, kept.createdAt], [id, createdAt])
    // A change that was answered 503 may have taken effect.
    if (interaction) assert.equal(kept.interaction, interaction)
  }
}

/** Asserts that each request made during the outage, to a unique path, has its line in the log now. */
const assertLogged = (path) =>
  until(() => rows(`SELECT message FROM logs WHERE message LIKE '%path=${path} %'`)[0] !== '', `the line of ${path}`)

const figures = (load) => {
  const refused = load.answers.filter(({ status }) => status === 503)
  const slowest = Math.round(Math.max(...load.answers.map(({ ms }) => ms)))
  const kept = `${load.made.size} commands kept`
  return `${load.answers.length} answers, ${refused.length} of them 503, the slowest after ${slowest} ms; ${kept}`
}

const connections = () =>
  server.sql(`SELECT id FROM information_schema.processlist WHERE user = '${account.user}'`).split('\n').filter(Boolean)

test('killed connections are replaced without an error', async (t) => {
  const load = new Load(newGuild())
  for (let round = 0; round < 10; ++round) {
    await load.more(201)
    for (const id of connections()) server.sql(`KILL ${id}`)
  }
  await load.more(201)
  await load.stop()
  assertPrompt(load)
  // If the connection is lost during COMMIT, it is unknown whether the write took effect. That is rare, and all other writes
  // are retried.
  const failed = load.answers.filter(({ status }) => status === 503).map(({ method }) => method)
  assert.deepEqual(failed.filter((method) => method === 'GET'), [])
  assert.ok(failed.length <= clients, `${failed.length} requests failed`)
  await assertKept(load)
  t.diagnostic(figures(load))
})

test('connections killed while idle are replaced without an error', async () => {
  for (const id of connections()) server.sql(`KILL ${id}`)
  const path = `/api/guilds/${newGuild()}/commands`
  const body = { trigger: 'x', response: { content: 'x' } }
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, () => hall.get(`${path}/1`, { token })),
    hall.post(path, { token, body }),
  ])
  assert.deepEqual(answers.map(({ status }) => status), [...Array(10).fill(404), 201])
})

describe('in the middle of load', () => {
  for (const [what, end] of [
    ['stopped', () => server.stop()],
    ['killed', () => server.kill()],
  ]) {
    test(`mariadbd is ${what}, and started again`, async (t) => {
      const load = new Load(newGuild())
      await load.more(201)
      await end()
      await load.more(503)
      const { status, body } = await readiness()
      assert.equal(status, 503)
      assert.match(body.database.reason, /\w.*[.]$/)
      await hall.get(`/while-${what}`)
      await server.start()
      await healed()
      await load.more(201)
      await load.stop()
      assertPrompt(load)
      await assertKept(load)
      await assertLogged(`/while-${what}`)
      t.diagnostic(figures(load))
    })
  }

  test('mariadbd hangs and continues', async (t) => {
    const load = new Load(newGuild())
    await load.more(201)
    process.kill(server.program.pid, 'SIGSTOP')
    try {
      await load.more(503)
      assert.equal((await readiness()).status, 503)
      await hall.get('/while-hanging')
    } finally {
      process.kill(server.program.pid, 'SIGCONT')
    }
    await healed()
    await load.more(201)
    await load.stop()
    assertPrompt(load)
    await assertKept(load)
    await assertLogged('/while-hanging')
    t.diagnostic(figures(load))
  })
})

describe('another program', () => {
  test('locks the tables: 503 in time, then all is well', async (t) => {
    const load = new Load(newGuild())
    await load.more(201)
    const names = rows('SHOW TABLES').map((name) => `\`${name}\` WRITE`)
    const holder = await server.session(t, `LOCK TABLES ${names}`, env.DB_NAME)
    await load.more(503)
    await hall.get('/while-locked')
    await holder.end()
    await healed()
    await load.more(201)
    await load.stop()
    assertPrompt(load)
    await assertKept(load)
    await assertLogged('/while-locked')
    t.diagnostic(figures(load))
  })

  test('locks a row: a change of it fails in time, others are not affected', async (t) => {
    const guild = newGuild()
    const change = () => hall.patch(`/api/guilds/${guild}`, { token, body: { prefix: '?' } })
    const holder = await server.session(t, `BEGIN; SELECT * FROM guilds WHERE id = ${guild} FOR UPDATE`, env.DB_NAME)
    const begin = performance.now()
    const pending = change()
    const body = { trigger: 'meanwhile', response: { content: 'x' } }
    assert.equal((await hall.get(`/api/guilds/${newGuild()}`, { token })).status, 200)
    const answer = await pending
    assert.equal(answer.status, 503, answer.text)
    assertRetryAfter(answer)
    assert.ok(performance.now() - begin < answerLimitMs)
    await holder.end()
    await until(async () => (await change()).status === 200, 'the row to be free')
    assert.equal((await hall.post(`/api/guilds/${guild}/commands`, { token, body })).status, 201)
  })
})
