import { guilds, people, redirectUri } from '../../../../tests/harness/simulator.mjs'
import { until } from '../../../../tests/harness/wait.mjs'
import { mask } from './masks.mjs'

const guildPath = `/api/guilds/${guilds.workshop}`
const commandsPath = `${guildPath}/commands`
const hello = { trigger: 'hello', response: { content: 'Hello ${1}!' } }
const button = { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }
const filled = {
  trigger: 'all',
  response: {
    content: 'x',
    embeds: [{ title: 'T', description: 'D', fields: [{ name: 'a', value: 'b' }], footer: { text: 'F' } }],
    components: [button],
  },
  interaction: 'await interaction.reply("x")',
}

/** What of an answer is to be the same: of what could not be read or was refused elsewhere, not its sentence. */
function essence(answer) {
  const body = mask(answer.body)
  if (answer.status === 400) body.error = '<sentence>'
  const has = (name) => answer.header(name) !== undefined
  return {
    status: answer.status,
    type: answer.type.split(';')[0],
    body,
    allow: answer.header('allow')?.split(', ').sort(),
    headers: ['location', 'www-authenticate', 'cache-control', 'x-content-type-options'].filter(has),
  }
}

/** Asks one thing after the other. */
async function ask(contender, requests) {
  const answers = []
  for (const [method, path, options] of requests) {
    answers.push(essence(await contender.request(method, path, options)))
  }
  return answers
}

const tokenOf = async (contender, person) => (await contender.login(person)).body.token

/** The bodies that a command's creation refuses, and the changes that are. */
const refusedCommands = [
  {},
  [],
  { trigger: 'a' },
  { ...hello, trigger: '' },
  { ...hello, trigger: 7 },
  { ...hello, trigger: '!a' },
  { ...hello, trigger: 'x'.repeat(65) },
  { ...hello, color: 'red' },
  { trigger: 'a', response: {} },
  { trigger: 'a', response: { content: 'x'.repeat(2001) } },
  { trigger: 'a', response: { embeds: Array(11).fill({ title: 'x' }) } },
  { trigger: 'a', response: { content: 'x', components: Array(6).fill(button) } },
]

export const observeHttp = {
  'health and readiness': (contender) => ask(contender, [['GET', '/healthz'], ['GET', '/readyz'], ['GET', '/nowhere']]),

  'who gets a token': async (contender) => {
    const path = '/api/auth/token'
    const { code } = await contender.sim.authorize(people.ada)
    return ask(contender, [
      ['POST', path, { body: { redirect_uri: redirectUri } }],
      ['POST', path, { body: { code: 'wrong', redirect_uri: redirectUri } }],
      ['POST', path, { text: '{', headers: { 'content-type': 'application/json' } }],
      ['POST', path, { text: 'code=1', headers: { 'content-type': 'text/plain' } }],
      ['POST', path, { form: { code, redirect_uri: redirectUri } }],
    ])
  },

  'who one is': async (contender) => {
    const token = await tokenOf(contender, people.ada)
    return ask(contender, [
      ['GET', '/api/users/me'],
      ['GET', '/api/users/me', { token: 'nonsense' }],
      ['GET', '/api/users/me', { token }],
      ['GET', '/api/users/me', { token: await tokenOf(contender, people.grace) }],
      ['GET', '/api/users/me/guilds', { token }],
    ])
  },

  'a guild': async (contender) => {
    const token = await tokenOf(contender, people.ada)
    return ask(contender, [
      ['GET', guildPath],
      ['GET', guildPath, { token }],
      ['GET', guildPath, { token: await tokenOf(contender, people.mallory) }],
      ['GET', `/api/guilds/${guilds.quietCorner}`, { token }],
      ['PATCH', guildPath, { token, body: { language: 'de' } }],
      ['PUT', guildPath, { token, body: { prefix: '?', language: 'en-GB' } }],
      ['PATCH', guildPath, { token, body: { prefix: '!' } }],
      ['PATCH', guildPath, { token, body: { prefix: '' } }],
      ['PATCH', guildPath, { token, body: { prefix: 'x'.repeat(11) } }],
      ['PATCH', guildPath, { token, body: { name: 'x' } }],
      ['PATCH', guildPath, { token, body: {} }],
      ['DELETE', guildPath, { token }],
      ['DELETE', guildPath],
      ['OPTIONS', guildPath],
    ])
  },

  'the guilds table follows Discord': async (contender) => {
    const { sim } = contender
    const token = await tokenOf(contender, people.ada)
    const { id } = await sim.guild({ name: 'Before' })
    const seen = []
    const noted = (wanted, what) =>
      until(async () => {
        const answer = await contender.request('GET', `/api/guilds/${id}`, { token })
        return wanted(answer) && seen.push(essence(answer))
      }, what)
    await noted(({ status }) => status === 200, 'the guild that has come')
    await sim.changeGuild(id, { name: 'After' })
    await noted(({ body }) => body.name === 'After', 'its new name')
    await sim.removeGuild(id)
    await noted(({ status }) => status === 404, 'its end')
    return seen
  },

  'commands': async (contender) => {
    const token = await tokenOf(contender, people.ada)
    const stranger = await tokenOf(contender, people.mallory)
    const made = await contender.request('POST', commandsPath, { token, body: hello })
    const one = `${commandsPath}/${made.body.id}`
    const answers = await ask(contender, [
      ['GET', commandsPath, { token }],
      ['POST', commandsPath, { token, body: filled }],
      ['POST', commandsPath, { token, body: hello }],
      ['POST', commandsPath, { token: stranger, body: { ...hello, trigger: 'stranger' } }],
      ['POST', commandsPath, { body: hello }],
      ...refusedCommands.map((body) => ['POST', commandsPath, { token, body }]),
      ['POST', commandsPath, { token, text: '{', headers: { 'content-type': 'application/json' } }],
      ['PATCH', guildPath, { token, body: { prefix: 'he' } }],
      ['DELETE', commandsPath],
      ['OPTIONS', commandsPath],
      ['GET', one, { token }],
      ['PUT', one, { token, body: { ...hello, response: { content: 'Bye' } } }],
      ['PATCH', one, { token, body: { interaction: 'await interaction.update("x")' } }],
      ['PATCH', one, { token, body: { trigger: 'all' } }],
      ['PATCH', one, { token, body: {} }],
      ['GET', guildPath, { token }],
      ['DELETE', one, { token }],
      ['DELETE', one, { token }],
      ['GET', `${commandsPath}/nonsense`, { token }],
      ['POST', one, { token }],
    ])
    return [essence(made), ...answers]
  },

  'the log': async (contender) => {
    const token = await tokenOf(contender, people.ada)
    const { status, body } = await contender.request('GET', '/api/logs?limit=1', { token })
    const answers = await ask(contender, [
      ['GET', '/api/logs'],
      ['GET', '/api/logs', { token: await tokenOf(contender, people.mallory) }],
      ['GET', '/api/logs?level=loud', { token }],
      ['GET', '/api/logs?limit=201', { token }],
      ['GET', '/api/logs?source=nobody', { token }],
    ])
    return { status, fields: Object.keys(body.logs[0]), next: typeof body.next, answers }
  },
}
