// The simulator's REST routes for bots in guilds: each response matches Discord's document.
import assert from 'node:assert/strict'
import test from 'node:test'
import { asBot } from '../harness/bot_request.mjs'
import { discordDocument, requestsFitDiscord, withDocument } from '../harness/discord_document.mjs'
import { application, guilds, people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const channel = await sim.channelOf(guilds.workshop)
const foreign = await sim.channelOf(guilds.quietCorner)
const messages = `/channels/${channel}/messages`

/** Sends a request as the bot, and asserts that the response matches the document and has that status. */
async function ask(method, path, body, status = 200) {
  const answer = await asBot(sim, method, path, { body })
  assert.equal(answer.status, status, `${method} ${path}: ${answer.text}`)
  if (discordDocument) discordDocument.assertAnswer(method, path, answer)
  return answer.body
}
const refused = async (method, path, body, status, code) => {
  const answer = await ask(method, path, body, status)
  assert.equal(answer.code, code, JSON.stringify(answer))
  return answer
}

const button = { type: 2, style: 1, label: 'Go', custom_id: 'go' }
const menu = {
  type: 3,
  custom_id: 'menu',
  options: [
    { label: 'One', value: '1' },
    { label: 'Two', value: '2' },
  ],
}
const rows = [
  { type: 1, components: [button] },
  { type: 1, components: [menu] },
]
const embed = {
  title: 'Title',
  description: 'Text',
  url: 'https://example.com/',
  color: 0x23a55a,
  timestamp: '2026-01-31T12:00:00.000Z',
  footer: { text: 'Foot' },
  author: { name: 'Author' },
  fields: [{ name: 'Name', value: 'Value', inline: true }],
}

test('messages', async () => {
  const made = await ask('POST', messages, {
    content: 'Hello',
    embeds: [embed],
    components: rows,
    nonce: '1',
    enforce_nonce: true,
  })
  assert.equal((await ask('POST', messages, { content: 'Hello', nonce: '1', enforce_nonce: true })).id, made.id)
  const path = `${messages}/${made.id}`
  assert.equal((await ask('GET', path)).embeds[0].fields[0].value, 'Value')
  assert.ok((await ask('PATCH', path, { content: 'Changed' })).edited_timestamp)
  const asked = await sim.say(channel, people.ada, 'A question')
  const reply = await ask('POST', messages, { content: 'An answer', message_reference: { message_id: asked.id } })
  assert.equal(reply.referenced_message.author.username, 'ada')
  assert.deepEqual(
    (await ask('GET', `${messages}?limit=2`)).map(({ id }) => id),
    [reply.id, asked.id],
  )
  assert.deepEqual(
    (await ask('GET', `${messages}?after=${made.id}`)).map(({ id }) => id),
    [reply.id, asked.id],
  )
  await ask('DELETE', path, undefined, 204)
  await refused('GET', path, undefined, 404, 10008)
  await ask('POST', `/channels/${channel}/typing`, undefined, 204)
})

test('messages that Discord would refuse', async () => {
  await refused('POST', messages, {}, 400, 50006)
  await refused('POST', messages, { content: ' '.repeat(2001) }, 400, 50035)
  await refused('POST', messages, { embeds: Array(11).fill(embed) }, 400, 50035)
  await refused('POST', messages, { components: [button] }, 400, 50035)
  await refused('POST', messages, { content: 'x', message_reference: { message_id: '5' } }, 400, 50035)
  const { errors } = await refused('POST', messages, { content: 'x', embeds: [{ title: 'x'.repeat(257) }] }, 400, 50035)
  assert.equal(errors.embeds[0].title._errors[0].code, 'BASE_TYPE_MAX_LENGTH')
  await refused('POST', '/channels/5/messages', { content: 'x' }, 404, 10003)
  await refused('POST', `/channels/${foreign}/messages`, { content: 'x' }, 403, 50001)
  const asked = await sim.say(channel, people.ada, 'Mine')
  await refused('PATCH', `${messages}/${asked.id}`, { content: 'x' }, 403, 50005)
  await refused('DELETE', `${messages}/${asked.id}`, undefined, 403, 50013)
})

test('guilds, members, channels, people', async () => {
  await ask('GET', `/guilds/${guilds.workshop}/roles`)
  await ask('GET', `/guilds/${guilds.workshop}/channels`)
  await ask('GET', `/guilds/${guilds.workshop}/members?limit=10`)
  assert.equal((await ask('GET', `/guilds/${guilds.workshop}/members/${people.ada.id}`)).user.username, 'ada')
  await refused('GET', `/guilds/${guilds.workshop}/members/${people.linus.id}`, undefined, 404, 10007)
  await refused('GET', `/guilds/${guilds.quietCorner}/members?limit=1`, undefined, 404, 10004)
  await ask('GET', `/channels/${channel}`)
  await ask('GET', `/users/${people.ada.id}`)
  await refused('GET', '/users/5', undefined, 404, 10013)
  const direct = await ask('POST', '/users/@me/channels', { recipient_id: people.ada.id })
  await ask('GET', `/channels/${direct.id}`)
  await ask('POST', `/channels/${direct.id}/messages`, { content: 'Psst' })
})

for (const [where, scope] of [
  ['everywhere', ''],
  ['in a guild', `/guilds/${guilds.workshop}`],
]) {
  test(`commands ${where}`, async () => {
    const commands = `/applications/${application.id}${scope}/commands`
    const option = {
      type: 3,
      name: 'input',
      description: 'What to say',
      max_length: 100,
      choices: [{ name: 'Hi', value: 'hi' }],
    }
    const ping = { name: 'ping', description: 'Pings', options: [option], default_member_permissions: '32' }
    const made = await ask('POST', commands, ping, 201)
    assert.equal((await ask('POST', commands, ping)).version, made.version)
    await ask('PATCH', `${commands}/${made.id}`, { description: 'Pongs' })
    const set = await ask('PUT', commands, [
      { ...ping, description: 'Set' },
      { name: 'About', type: 2 },
    ])
    assert.deepEqual(
      set.map(({ id, name }) => [id === made.id, name]),
      [
        [true, 'ping'],
        [false, 'About'],
      ],
    )
    await ask('GET', `${commands}/${made.id}`)
    await ask('DELETE', `${commands}/${made.id}`, undefined, 204)
    await refused('DELETE', `${commands}/${made.id}`, undefined, 404, 10063)
    await refused('PUT', commands, [{ name: 'Wrong', description: 'd' }], 400, 50035)
    assert.equal((await ask('GET', commands)).length, 1)
  })
}

test('interactions', async () => {
  const commands = `/applications/${application.id}/commands`
  await ask('PUT', commands, [{ name: 'ping', description: 'Pings' }])
  const call = async (fields) => sim.interaction((await sim.interact(channel, people.ada, fields)).id)
  const callback = ({ id, token }, query = '') => `/interactions/${id}/${token}/callback${query}`
  const webhook = ({ token }, rest = '') => `/webhooks/${application.id}/${token}${rest}`

  const ping = await call({ name: 'ping' })
  await refused('PATCH', webhook(ping, '/messages/@original'), { content: 'x' }, 404, 10015)
  await ask('POST', callback(ping), { type: 4, data: { content: 'Pong', components: rows } }, 204)
  await refused('POST', callback(ping), { type: 4, data: { content: 'Again' } }, 400, 40060)
  const original = await ask('GET', webhook(ping, '/messages/@original'))
  assert.equal(original.interaction_metadata.user.id, people.ada.id)
  await ask('PATCH', webhook(ping, '/messages/@original'), { content: 'Pong!' })
  const more = await ask('POST', webhook(ping), { content: 'More', flags: 64 })
  await ask('PATCH', webhook(ping, `/messages/${more.id}`), { content: 'Less' })
  await ask('DELETE', webhook(ping, `/messages/${more.id}`), undefined, 204)

  const used = await call({ type: 3, messageId: original.id, customId: 'menu', values: ['2'] })
  assert.deepEqual(used.data.values, ['2'])
  const told = await ask('POST', callback(used, '?with_response=true'), { type: 7, data: { content: 'Two' } })
  assert.equal(told.resource.message.content, 'Two')

  const thinking = await call({ name: 'ping' })
  const deferred = await ask('POST', callback(thinking, '?with_response=true'), { type: 5, data: { flags: 64 } })
  assert.equal(deferred.interaction.response_message_loading, true)
  await ask('DELETE', webhook(thinking, '/messages/@original'), undefined, 204)
  await refused('POST', `/interactions/${ping.id}/wrong/callback`, { type: 4, data: { content: 'x' } }, 404, 10062)
  await refused('POST', `/webhooks/${application.id}/wrong`, { content: 'x' }, 401, 50027)
})

test('a bucket is a route, a channel and a time', async () => {
  await sim.changeRateLimits({ lifted: false })
  const write = (path) => asBot(sim, 'POST', path, { body: { content: 'x' } })
  const answers = []
  for (let count = 0; count < 6; ++count) answers.push(await write(messages))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200, 200, 429],
  )
  assert.deepEqual(
    answers.map((answer) => answer.header('x-ratelimit-remaining')),
    ['4', '3', '2', '1', '0', '0'],
  )
  const limited = answers[5]
  if (discordDocument) discordDocument.assertAnswer('POST', messages, limited)
  assert.ok(limited.body.retry_after > 0 && limited.body.retry_after <= 5)
  assert.equal(limited.header('x-ratelimit-scope'), 'user')
  const harbour = await sim.channelOf(guilds.harbour)
  const elsewhere = await write(`/channels/${harbour}/messages`)
  assert.equal(elsewhere.status, 200)
  assert.equal(
    elsewhere.header('x-ratelimit-bucket'),
    limited.header('x-ratelimit-bucket'),
    'a bucket of the same name',
  )
  const read = await Promise.all([messages, `${messages}/5`].map((path) => asBot(sim, 'GET', path)))
  assert.equal(read[0].header('x-ratelimit-bucket'), read[1].header('x-ratelimit-bucket'), 'routes share a bucket')
  await sim.changeRateLimits({ lifted: true })
})

test('a request that is not in Discord’s document is detected', withDocument, async () => {
  await sim.forgetRequests()
  await ask('POST', messages, { content: 'Hello', embeds: [embed], components: rows })
  assert.equal(await requestsFitDiscord(sim), 1)
  await asBot(sim, 'POST', messages, { body: { content: 'Hello', contents: 'unknown' } })
  await assert.rejects(requestsFitDiscord(sim), /unevaluated/)
})
