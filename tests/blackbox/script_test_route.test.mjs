// Dry runs of scripts over the API, and scripts that are refused because they do not parse.
// @long
import assert from 'node:assert/strict'
import test from 'node:test'
import { assertError, assertRetryAfter } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { SCRIPTS_WALL_MS: '60000' } })
const ada = await hall.login(sim, people.ada)
const commands = `/api/guilds/${guilds.workshop}/commands`

const button = (custom_id) => ({ type: 2, style: 1, label: custom_id, custom_id })
const menu = { type: 3, custom_id: 'menu', options: [{ label: 'A', value: 'a' }] }
const response = {
  content: 'Choose',
  components: [
    { type: 1, components: [button('first'), button('second')] },
    { type: 1, components: [menu] },
  ],
}

let made = 0
async function command(interaction, fields = {}) {
  const body = { trigger: `t${++made}`, response, interaction, ...fields }
  const answer = await hall.post(commands, { token: ada, body })
  assert.equal(answer.status, 201, answer.text)
  return `${commands}/${answer.body.id}`
}

const trial = await command('await interaction.reply(`${interaction.customId} ${args.join()}`)')
const tryOut = (body, { path = trial, token = ada } = {}) => hall.post(`${path}/test`, { token, body })

async function tried(body, options) {
  const answer = await tryOut(body, options)
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}

test('the saved script is run as if the first component was used', async () => {
  const result = await tried(undefined)
  assert.equal(result.ending, 'completed')
  assert.equal(result.error, null)
  assert.deepEqual(
    result.calls.map(({ method, data }) => [method, data.content]),
    [['reply', 'first ']],
  )
  assert.deepEqual(result.calls[0].data.allowed_mentions, { parse: [] })
  assert.deepEqual(result.console, [])
  for (const used of [result.cpuMs, result.wallMs, result.memory]) assert.ok(Number.isInteger(used) && used >= 0)
})

test('nothing is sent to Discord', async () => {
  await tried({})
  const requests = await sim.requests()
  assert.deepEqual(
    requests.filter(({ path }) => /interactions|webhooks/.test(path)),
    [],
  )
})

test('the request chooses the component, the person and the arguments', async () => {
  const script = `
    const { customId, values, user, member, message, guildId } = interaction
    console.log(JSON.stringify({ customId, values, name: user.displayName, id: user.id, content: message.content, guildId,
      manager: member.permissions.has('ManageGuild'), menu: interaction.isStringSelectMenu(), args }))`
  const seen = async (body) => JSON.parse((await tried({ script, ...body })).console[0].text)

  const own = await seen({})
  assert.deepEqual([own.customId, own.id, own.content, own.guildId], ['first', people.ada.id, 'Choose', guilds.workshop])
  assert.equal(own.manager, true)

  const interaction = {
    customId: 'menu',
    values: ['a'],
    user: { id: people.linus.id, username: 'linus', globalName: 'Linus' },
    message: { content: 'Other' },
  }
  const given = await seen({ interaction, args: ['x', 'y z'] })
  assert.deepEqual([given.customId, given.values, given.menu], ['menu', ['a'], true])
  assert.deepEqual([given.id, given.name, given.content], [people.linus.id, 'Linus', 'Other'])
  assert.equal(given.manager, false)
  assert.deepEqual(given.args, ['x', 'y z'])
})

test('calls are answered as Discord would', async () => {
  const script = `
    await interaction.deferReply({ ephemeral: true })
    const edited = await interaction.editReply('one')
    const more = await interaction.followUp('two')
    await interaction.editReply({ message: more.id, content: 'three' })
    console.log(edited.content, more.content, (await interaction.fetchReply()).content)
    await interaction.deleteReply()
    try { await interaction.fetchReply() } catch (error) { console.warn(error.code) }`
  const result = await tried({ script })
  assert.equal(result.ending, 'completed', JSON.stringify(result))
  assert.deepEqual(
    result.calls.map(({ method }) => method),
    ['deferReply', 'editReply', 'followUp', 'editReply', 'fetchReply', 'deleteReply', 'fetchReply'],
  )
  assert.match(result.calls[3].message, /^\d+$/)
  assert.equal(result.calls[6].error, 'Unknown Message')
  assert.deepEqual(result.console, [
    { level: 'log', text: 'one two one' },
    { level: 'warn', text: '10008' },
  ])
})

test('what Discord would refuse is refused', async () => {
  const script = "try { await interaction.reply('x'.repeat(2001)) } catch (error) { console.log(error.code) }"
  const { calls, console } = await tried({ script })
  assert.match(calls[0].error, /content/)
  assert.equal(console[0].text, '50035')
})

test('a script that fails says where', async () => {
  const result = await tried({ script: '\nconst x = 1\nx.what()\n' })
  assert.equal(result.ending, 'exception')
  assert.equal(result.error.name, 'TypeError')
  assert.equal(result.error.line, 3)
  assert.match(result.error.stack, /@?3:/)

  const unparsed = await tried({ script: 'let = ;' })
  assert.equal(unparsed.ending, 'syntax')
  assert.equal(unparsed.error.line, 1)
})

test('a script that does not end is stopped', async () => {
  const loop = await tried({ script: 'for (;;);' })
  assert.equal(loop.ending, 'cpu')
  assert.ok(loop.error !== null && loop.cpuMs >= 50, JSON.stringify(loop))
  const calls = await tried({ script: "await interaction.reply('x'); for (;;) await interaction.followUp('x')" })
  assert.equal(calls.ending, 'calls')
  assert.equal(calls.calls.length, 20)
})

test('without a script the dry run is refused', async () => {
  const path = await command(undefined)
  assertError(await tryOut({}, { path }), 422, { code: 'invalid', field: '/script' })
  assert.equal((await tried({ script: '1' }, { path })).ending, 'completed')
})

test('an impossible interaction is refused', async () => {
  assertError(await tryOut({ interaction: { componentType: 1 } }), 422, { field: '/interaction/componentType' })
  assertError(await tryOut({ interaction: { values: 'a' } }), 422, { field: '/interaction/values' })
  assertError(await tryOut({ script: 'x'.repeat(65537) }), 422, { field: '/script' })
  assertError(await tryOut({ args: ['x'.repeat(4001)] }), 422, { field: '/args/0' })
  assertError(await tryOut({ other: 1 }), 422, { field: '/other' })
})

test('only managers of the guild may run its scripts', async () => {
  const linus = await hall.login(sim, people.linus)
  assertError(await tryOut({}, { token: linus }), 403)
  assertError(await hall.post(`${trial}/test`, { body: {} }), 401)
  assertError(await tryOut({}, { path: `${commands}/999999` }), 404)
  const grace = await hall.login(sim, people.grace)
  const elsewhere = trial.replace(guilds.workshop, guilds.harbour)
  assertError(await tryOut({}, { path: elsewhere, token: grace }), 404)
})

const broken = 'await interaction.reply(1)\nlet x = ;'

function assertDoesNotParse(answer) {
  assert.equal(answer.status, 422, answer.text)
  const { error, code, field, line, column } = answer.body
  assert.match(error, /^The script does not parse: .+ \(line 2(, column \d+)?\)\.$/)
  assert.deepEqual([code, field, line], ['invalid', '/interaction', 2])
  if (column !== undefined) assert.match(error, new RegExp(`column ${column}\\)`))
}

test('a script that does not parse is not saved', async () => {
  const trigger = `t${++made}`
  assertDoesNotParse(await hall.post(commands, { token: ada, body: { trigger, response, interaction: broken } }))
  const { body: list } = await hall.get(commands, { token: ada })
  assert.ok(!list.some((each) => each.trigger === trigger))

  const path = await command("await interaction.reply('good')")
  assertDoesNotParse(await hall.put(path, { token: ada, body: { trigger, response, interaction: broken } }))
  assertDoesNotParse(await hall.patch(path, { token: ada, body: { interaction: broken } }))
  const { body: kept } = await hall.get(path, { token: ada })
  assert.equal(kept.interaction, "await interaction.reply('good')")
})

test('a script is checked, not run, when it is saved', async () => {
  await command('for (;;);')
  await command('throw new Error("at once")')
})

test('with scripts off they are saved unchecked and cannot be run', async (t) => {
  const off = await startGuildhall(t, sim, { env: { SCRIPTS: 'off' } })
  const token = await off.login(sim, people.ada)
  const saved = await off.post(commands, { token, body: { trigger: 'x', response, interaction: broken } })
  assert.equal(saved.status, 201, saved.text)
  const answer = await off.post(`${commands}/${saved.body.id}/test`, { token, body: { script: '1' } })
  assertError(answer, 503, { code: 'unavailable' })
  assertRetryAfter(answer)
  assert.match(answer.body.error, /SCRIPTS=off/)
})

test('without guildhall-vm the rest works, and the log says what is missing', async (t) => {
  const without = await startGuildhall(t, sim, { env: { GUILDHALL_VM: '/nowhere/guildhall-vm' } })
  const warning = await without.log(({ message }) => /^Scripts are off/.test(message), 'a warning about scripts')
  assert.equal(warning.level, 'warn')
  assert.match(warning.reason, /\/nowhere\/guildhall-vm/)
  const token = await without.login(sim, people.ada)
  const saved = await without.post(commands, { token, body: { trigger: 'x', response, interaction: broken } })
  assert.equal(saved.status, 201, saved.text)
  const refused = await without.post(`${commands}/${saved.body.id}/test`, { token, body: {} })
  assertError(refused, 503, { code: 'unavailable' })
  assert.equal(refused.body.error, 'Scripts cannot run on this server at the moment. Its log says why.')
})

test('with too many waiting runs the API is 503, and saving still works', async (t) => {
  const env = { SCRIPTS_AT_ONCE: '1', SCRIPTS_PER_GUILD: '1', SCRIPTS_WAITING: '1', SCRIPTS_CPU_MS: '4000', SCRIPTS_WALL_MS: '60000' }
  const small = await startGuildhall(t, sim, { env })
  const token = await small.login(sim, people.ada)
  const saved = await small.post(commands, { token, body: { trigger: 'x', response } })
  const slow = { token, body: { script: 'for (;;);' } }
  const path = `${commands}/${saved.body.id}/test`
  const metric = async (name) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await small.get('/metrics')).text)[1])

  const first = small.post(path, slow)
  await until(async () => (await metric('script_runs_running')) === 1, 'a run')
  const others = [small.post(path, slow), small.post(path, slow)]
  const refused = await Promise.race(others)
  assertError(refused, 503, { code: 'unavailable' })
  assert.match(refused.body.error, /^Too many scripts are waiting/)
  assert.equal(await metric('script_runs_waiting'), 1)
  const unchecked = await small.post(commands, { token, body: { trigger: 'y', response, interaction: broken } })
  assert.equal(unchecked.status, 201, unchecked.text)

  // The run that waits does so for two seconds, and the first one takes twice as long.
  for (const other of await Promise.all(others)) assertError(other, 503)
  assert.equal((await first).body.ending, 'cpu')
})

test('/metrics counts the runs', async () => {
  await tried({ script: '1' })
  const { text } = await hall.get('/metrics')
  assert.match(text, /^script_runs_ended_total\{ending="completed"\} [1-9]/m)
  assert.match(text, /^script_hosts_started_total 1$/m)
  assert.match(text, /^script_runs_running 0$/m)
})
