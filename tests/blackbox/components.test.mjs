// Buttons and menus of custom commands: whose script runs, for whom, for how long, and the error texts.
// @database
import assert from 'node:assert/strict'
import { once } from 'node:events'
import test, { describe } from 'node:test'
import { io } from 'socket.io-client'
import { environmentFor, startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory } from '../harness/paths.mjs'
import { callCommand, componentsOf, newcomer, scriptedGuild, useComponent } from '../harness/scripts.mjs'
import { application, guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const directory = await freshDirectory(test)
const env = { ...environmentFor(sim, directory), SCRIPTS_WALL_MS: '60000' }
let hall = await startGuildhall(test, sim, { env, directory })
const guild = await scriptedGuild(hall, sim, guilds.workshop, people.ada)
const channel = await sim.channelOf(guilds.workshop)

const button = (fields = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...fields })
const rows = (...components) => components.map((component) => ({ type: 1, components: [component] }))
const response = (component = button(), fields = {}) => ({ content: 'Here', components: rows(component), ...fields })

/** Saves a command with a button and calls it as somebody: `{command, person, message}`. */
async function called(interaction, { said = '', ...fields } = {}) {
  const command = await guild.command({ response: response(), interaction, ...fields })
  const person = await newcomer(sim, guilds.workshop)
  const message = await callCommand(sim, channel, person, `!${command.trigger}${said}`)
  return { command, person, message }
}

/** The interaction of somebody who uses a message's component. */
const use = (person, message, { column = 0, ...options } = {}) =>
  useComponent(sim, channel, person, message, componentsOf(message)[column], options)

/** The ephemeral error text that the person got instead of a response. */
function toldAlone({ responses, message, failed }) {
  assert.equal(failed, false)
  assert.equal(responses.length, 1)
  assert.equal(responses[0].type, 4)
  assert.equal(message.flags & 64, 64)
  return message.content
}

/** A message sent with the bot's token. */
async function speakAsBot(channelId, components) {
  const answer = await fetch(`${sim.api}/channels/${channelId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${application.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'forged', components }),
  })
  assert.equal(answer.status, 200)
  return answer.json()
}

describe('scripts', () => {
  test('a button and a menu are answered by the script of their command', async () => {
    const menu = { type: 3, custom_id: 'pick', options: [{ label: 'A', value: 'a' }, { label: 'B', value: 'b' }] }
    const { person, message } = await called(
      `if (interaction.isButton()) await interaction.reply('button ' + interaction.customId)
       else await interaction.update('menu ' + interaction.customId + ' ' + interaction.values.join())`,
      { response: { content: 'Here', components: rows(button(), menu) } },
    )
    assert.equal((await use(person, message)).message.content, 'button go')
    assert.equal((await use(person, message, { column: 1, values: ['b'] })).message.content, 'menu pick b')
  })

  test('a script sees its author’s custom ids and may send its components again', async () => {
    const long = 'x'.repeat(100)
    const { person, message } = await called(
      `const [row] = interaction.message.components
       await interaction.update({ content: row.components.map(({ customId }) => customId).join(), components: [row] })`,
      { response: { content: 'Here', components: [{ type: 1, components: [button(), button({ custom_id: long })] }] } },
    )
    for (const component of componentsOf(message)) assert.ok(component.custom_id.length <= 100)
    const { message: updated } = await use(person, message, { column: 1 })
    assert.equal(updated.content, `go,${long}`)
    assert.equal((await use(person, updated, { column: 1 })).message.content, `go,${long}`)
  })

  test('components that a script sends work', async () => {
    const { person, message } = await called(
      `if (interaction.customId === 'go') {
         await interaction.reply({ content: 'More?', components: [{ type: 1, components: [
           { type: 2, style: 2, label: 'More', customId: 'more', onlyCaller: true }] }] })
       } else await interaction.reply('more')`,
    )
    const { message: reply } = await use(person, message)
    const stranger = await newcomer(sim, guilds.workshop)
    assert.match(toldAlone(await use(stranger, reply)), /^Only the person who used the command/)
    assert.equal((await use(person, reply)).message.content, 'more')
  })

  test('the script gets the arguments of the command', async () => {
    const { person, message } = await called(`await interaction.reply(args.join('|'))`, { said: ' one "two words"' })
    assert.equal((await use(person, message)).message.content, 'one|two words')
  })

  test('a script that does not respond is acknowledged', async () => {
    const { person, message } = await called('const answer = 42')
    const { responses, failed } = await use(person, message)
    assert.deepEqual(responses, [{ type: 6 }])
    assert.equal(failed, false)
  })

  test('the response of a slow script is deferred in time', async () => {
    const slow = `await new Promise((resolve) => setTimeout(resolve, 3500))\n`
    const { person, message } = await called(`${slow}await interaction.reply('late')\nawait interaction.editReply('edited')`)
    const used = await use(person, message, { ready: ({ followUps }) => followUps[0]?.content === 'edited' })
    assert.equal(used.failed, false)
    assert.deepEqual(used.responses, [{ type: 6 }])
    const other = await called(`${slow}await interaction.update('changed')`)
    const changed = await use(other.person, other.message, { ready: ({ message: now }) => now?.content === 'changed' })
    assert.equal(changed.followUps.length, 0)
  })

  test('a response that Discord would refuse is an error in the script', async () => {
    const { person, message } = await called(
      `try { await interaction.reply({ content: 'x', components: [{ type: 1, components: [
         { type: 2, style: 1, label: 'x', customId: 'y'.repeat(99) }] }] }) }
       catch (error) { await interaction.reply(error.message) }`,
    )
    assert.match(
      (await use(person, message)).message.content,
      /^Invalid Form Body: \/components\/0\/components\/0\/custom_id: Must be at most \d+ characters.*this has 99\.$/,
    )
  })
})

describe('a script that ends badly', () => {
  test('is shown to the person, logged and shown to the guild’s managers', async () => {
    const socket = io(hall.url, { auth: { token: guild.token }, forceNew: true })
    await once(socket, 'ready')
    const events = []
    socket.on('event', (event) => events.push(event))
    try {
      const { command, person, message } = await called(`console.warn('careful')\nmissing.name`)
      // A guild's events become visible a moment after connecting.
      const { data } = await until(async () => {
        assert.match(toldAlone(await use(person, message)), /^The script of this button failed with `\w+` in line 2\.$/)
        return events.find(({ name }) => name === 'SCRIPT_RUN')
      }, 'the event')
      assert.equal(data.commandId, command.id)
      assert.equal(data.trigger, command.trigger)
      assert.equal(data.customId, 'go')
      assert.equal(data.userId, person.id)
      assert.equal(data.ending, 'exception')
      assert.equal(data.error.name, 'ReferenceError')
      assert.equal(data.error.line, 2)
      assert.deepEqual(data.console, [{ level: 'warn', text: 'careful' }])
      assert.ok(data.wallMs > 0)
      const logged = await hall.log(({ message: text }) => text === 'A script failed', 'the log')
      assert.equal(logged.level, 'warn')
      assert.equal(logged.source, 'scripts')
    } finally {
      socket.close()
    }
  })

  test('is shown after the messages that it has sent', async () => {
    const { person, message } = await called(`await interaction.deferReply()\nfor (;;);`)
    const { followUps, message: thinking } = await use(person, message, { ready: ({ followUps: [one], message }) => one && !message })
    assert.match(followUps[0].content, /CPU time/)
    assert.equal(followUps[0].flags & 64, 64)
    assert.equal(thinking, null, 'nobody goes on seeing that the bot thinks')
  })
})

describe('who may use a component, and for how long', () => {
  test('onlyCaller: whoever called the command', async () => {
    const { person, message } = await called(`await interaction.reply('mine')`, {
      response: response(button({ onlyCaller: true })),
    })
    const stranger = await newcomer(sim, guilds.workshop)
    assert.equal(toldAlone(await use(stranger, message)), 'Only the person who used the command can use this button.')
    assert.equal((await use(person, message)).message.content, 'mine')
  })

  test('expiresAfter: the number of seconds', async () => {
    const { person, message } = await called(`await interaction.reply('in time')`, {
      response: response(button({ expiresAfter: 2 })),
    })
    assert.equal((await use(person, message)).message.content, 'in time')
    const made = Date.parse(message.timestamp)
    await until(() => Date.now() > made + 2000, 'the end of its life')
    assert.equal(toldAlone(await use(person, message)), 'This button has expired. Use the command again.')
  })

  test('both may be set on the response, and neither is sent to Discord', async () => {
    const { message } = await called(`await interaction.reply('x')`, {
      response: response(button(), { onlyCaller: true, expiresAfter: 60 }),
    })
    assert.doesNotMatch(JSON.stringify(message), /onlyCaller|expiresAfter/)
    const stranger = await newcomer(sim, guilds.workshop)
    assert.match(toldAlone(await use(stranger, message)), /^Only the person/)
  })

  test('the API accepts them only where they apply', async () => {
    for (const [component, field] of [
      [button({ expiresAfter: 0 }), '/response/components/0/components/0/expiresAfter'],
      [button({ onlyCaller: 'yes' }), '/response/components/0/components/0/onlyCaller'],
      [
        { type: 2, style: 5, label: 'x', url: 'https://example.com', onlyCaller: true },
        '/response/components/0/components/0/onlyCaller',
      ],
    ]) {
      const body = { trigger: 'refused', response: response(component) }
      const answer = await hall.post(guild.path, { token: guild.token, body })
      assert.equal(answer.status, 422)
      assert.equal(answer.body.field, field)
    }
    const document = (await hall.get('/docs/openapi.json')).body
    for (const name of ['ActionButton', 'StringSelect', 'CommandResponse']) {
      assert.ok(document.components.schemas[name].properties.onlyCaller.description)
      assert.ok(document.components.schemas[name].properties.expiresAfter.description)
    }
  })
})

describe('a component whose command', () => {
  test('was edited runs the new script', async () => {
    const { command, person, message } = await called(`await interaction.reply('old')`)
    await hall.patch(`${guild.path}/${command.id}`, {
      token: guild.token,
      body: { interaction: `await interaction.reply('new')` },
    })
    assert.equal((await use(person, message)).message.content, 'new')
  })

  test('no longer has it says so where possible', async () => {
    const { command, person, message } = await called(`await interaction.reply('x')`, {
      response: response(button({ custom_id: 'x'.repeat(100) })),
    })
    await hall.patch(`${guild.path}/${command.id}`, { token: guild.token, body: { response: response() } })
    assert.match(toldAlone(await use(person, message)), /no longer has this button/)
  })

  test('was deleted says so', async () => {
    const { command, person, message } = await called(`await interaction.reply('x')`)
    await hall.delete(`${guild.path}/${command.id}`, { token: guild.token })
    assert.equal(toldAlone(await use(person, message)), 'The command of this button has been deleted.')
  })

  test('is switched off says so, and works once it is on again', async () => {
    const { command, person, message } = await called(`await interaction.reply('x')`)
    const path = `${guild.path}/${command.id}`
    await hall.patch(path, { token: guild.token, body: { enabled: false } })
    assert.equal(toldAlone(await use(person, message)), 'The command of this button is switched off.')
    const tried = await hall.post(`${path}/test`, { token: guild.token, body: {} })
    assert.deepEqual([tried.status, tried.body.ending], [200, 'completed'], 'it can be tried all the same')
    await hall.patch(path, { token: guild.token, body: { enabled: true } })
    assert.equal((await use(person, message)).message.content, 'x')
  })

  test('has no script says so', async () => {
    const { person, message } = await called(null)
    assert.equal(toldAlone(await use(person, message)), 'The command of this button has no script to run.')
  })
})

test('custom ids cannot be forged or used in another guild', async () => {
  const { person, message } = await called(`await interaction.reply('x')`)
  const [{ custom_id: real }] = componentsOf(message)
  for (const forged of ['go', `${real}x`, real.replace(/^./, 'A'), `${message.id}:go`]) {
    const made = await speakAsBot(channel, rows(button({ custom_id: forged })))
    assert.equal(toldAlone(await use(person, made)), 'The bot does not know this button.', forged)
  }
  const harbour = await sim.channelOf(guilds.harbour)
  const elsewhere = await speakAsBot(harbour, rows(button({ custom_id: real })))
  const used = await useComponent(sim, harbour, people.grace, elsewhere, componentsOf(elsewhere)[0])
  assert.equal(toldAlone(used), 'The bot does not know this button.')
})

test('components work after a restart, with the arguments of their command', async () => {
  const { person, message } = await called(`await interaction.reply(args.join())`, { said: ' 1 2' })
  await hall.stop()
  hall = await startGuildhall(test, sim, { env, directory })
  assert.equal((await use(person, message)).message.content, '1,2')
})
