// What people are told when something fails names nothing of the machine: no file, no host, no SQL, no system error.
import assert from 'node:assert/strict'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { callCommand, componentsOf, newcomer, scriptedGuild, useComponent } from '../harness/scripts.mjs'
import { guilds, people, redirectUri, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const inner = [
  /(^|[\s"'(])\/(?!api\/|docs|sim)[\w.-]+\/[\w./-]+/, // a file
  /\b(localhost|127\.0\.0\.1|\[?::1\]?|[\w-]+\.invalid)\b/, // a host
  /\b(SELECT|INSERT|UPDATE|DELETE FROM|sqlite|SQLITE_|errno)\b/,
  /No such file|Permission denied|Connection refused|Broken pipe|not found \(authoritative\)|0x[0-9a-f]{4}/i,
]

function assertClean(text, what) {
  assert.ok(text.length > 0, what)
  for (const pattern of inner) assert.doesNotMatch(text, pattern, what)
}

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const commands = `/api/guilds/${guilds.workshop}/commands`
const response = {
  content: 'x',
  components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }],
}

test('the script host that cannot be started', async (t) => {
  const hall = await startGuildhall(t, sim, { env: { GUILDHALL_VM: '/nowhere/guildhall-vm' } })
  const ada = await hall.login(sim, people.ada)
  const { body: command } = await hall.post(commands, {
    token: ada,
    body: { trigger: 'x', response, interaction: 'return' },
  })
  const tried = await hall.post(`${commands}/${command.id}/test`, { token: ada, body: {} })
  assert.equal(tried.status, 503)
  assertClean(tried.text, 'the dry run')
  assertClean((await hall.get('/readyz')).text, 'readiness')

  const channel = await sim.channelOf(guilds.workshop)
  const person = await newcomer(sim, guilds.workshop)
  const message = await callCommand(sim, channel, person, '!x')
  const used = await useComponent(sim, channel, person, message, componentsOf(message)[0])
  assertClean(used.message.content, 'the bot')
})

test('an engine that dies', async (t) => {
  const hall = await startGuildhall(t, sim, { env: { GUILDHALL_VM: '/bin/true' } })
  const ada = await hall.login(sim, people.ada)
  const { body: command } = await hall.post(commands, {
    token: ada,
    body: { trigger: 'y', response, interaction: 'return' },
  })
  const tried = await hall.post(`${commands}/${command.id}/test`, { token: ada, body: {} })
  assert.equal(tried.status, 503)
  assertClean(tried.text, 'the dry run')
})

test('a script that fails', async (t) => {
  const hall = await startGuildhall(t, sim)
  const guild = await scriptedGuild(hall, sim, guilds.harbour, people.grace)
  for (const script of [
    'null.x',
    'throw 1',
    'let = ;',
    'for (;;);',
    'await interaction.reply({ content: 5 })',
    "require('fs')",
    'await import("fs")',
  ]) {
    const { text } = await guild.tested(script)
    assertClean(text, script)
  }
})

test('Discord that does not answer: readiness and login', async (t) => {
  const hall = await startGuildhall(t, sim, { env: { DISCORD_API_URL: 'http://127.0.0.1:9' }, synced: false })
  const { body } = await until(async () => {
    const answer = await hall.get('/readyz')
    return answer.text.includes('GET /gateway/bot failed') && answer
  }, 'a reason')
  assertClean(body.bot.reason.replace('GET /gateway/bot', ''), 'readiness')
  const login = await hall.post('/api/auth/token', { body: { code: 'x', redirect_uri: redirectUri } })
  assert.ok(login.status >= 400)
  assertClean(login.text, 'login')
})

test('Discord that does not answer: a script’s call', async (t) => {
  const hall = await startGuildhall(t, sim, { env: { LOG_LEVEL: 'debug' } })
  const guild = await scriptedGuild(hall, sim, guilds.workshop, people.ada)
  const script = "try { await interaction.reply('x') } catch (error) { console.log(error.message) }"
  const { trigger } = await guild.command({ response, interaction: script })
  const channel = await sim.channelOf(guilds.workshop)
  const person = await newcomer(sim, guilds.workshop)
  const message = await callCommand(sim, channel, person, `!${trigger}`)
  await sim.fault({ route: '/interactions/:interaction_id/:interaction_token/callback', count: 20, drop: true })
  const { custom_id: customId } = componentsOf(message)[0]
  await sim.interact(channel, person, { type: 3, messageId: message.id, customId })
  const line = await hall.log((entry) => entry.message === 'Console' && entry.guild === guilds.workshop, 'the error')
  await sim.clearFaults()
  assertClean(line.text, 'the script')
  assert.match(line.text, /Discord/)
})
