// The document at /docs/openapi.json is valid, and guildhall does what it says.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { OpenApi } from '../harness/openapi.mjs'
import { freshDirectory, root } from '../harness/paths.mjs'
import { run } from '../harness/program.mjs'
import { guilds, people, redirectUri, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim, { env: { ADMIN_USER_IDS: people.ada.id } })
const served = await hall.get('/docs/openapi.json')
const openApi = new OpenApi(served.body)
const token = await hall.login(sim, people.ada)

/** Sends a request and validates the response by the document. */
async function ask(method, path, options) {
  const answer = await hall.request(method, path, options)
  openApi.assertAnswer(method, path, answer)
  return answer
}

test('it is OpenAPI 3.1', () => {
  assert.match(served.type, /^application\/json\b/)
  assert.match(served.body.openapi, /^3\.1\./)
})

test('redocly reports no problem', async (t) => {
  const directory = await freshDirectory(t)
  const file = join(directory, 'openapi.json')
  await writeFile(file, served.text)
  const cli = join(root, 'tests/node_modules/@redocly/cli/bin/cli.js')
  const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const { code, output } = await run(process.execPath, [cli, 'lint', '--extends', 'recommended', file], {
    cwd: directory,
    env,
  })
  assert.equal(code, 0, output)
})

test('every parameter, body and response has a valid example', () => {
  const examplesOf = (node) => [
    ...('example' in node ? [node.example] : []),
    ...Object.values(node.examples ?? {}).map((example) => openApi.resolve(example).value),
    ...(openApi.resolve(node.schema)?.examples ?? []),
  ]
  const assertExamples = (node, what) => {
    const examples = examplesOf(node)
    assert.ok(examples.length > 0, `${what} has no example`)
    for (const example of examples) openApi.assertValid(node.schema, example, `the example of ${what}`)
  }
  for (const { method, path, operation, parameters } of openApi.operations) {
    const what = `${method} ${path}`
    for (const parameter of parameters) assertExamples(parameter, `${what}, ${parameter.name}`)
    const body = openApi.resolve(operation.requestBody)
    for (const [type, media] of Object.entries(body?.content ?? {})) assertExamples(media, `${what}, body ${type}`)
    for (const [status, reference] of Object.entries(operation.responses)) {
      for (const [type, media] of Object.entries(openApi.resolve(reference).content ?? {})) {
        if (type === 'application/json') assertExamples(media, `${what}, answer ${status}`)
      }
    }
  }
})

test('login and logout match the document', async () => {
  const body = { code: (await sim.authorize(people.grace)).code, redirect_uri: redirectUri }
  const { body: session } = await ask('POST', '/api/auth/token', { body })
  await ask('POST', '/api/auth/token', { body })
  await ask('POST', '/api/auth/token', { body: {} })
  await ask('POST', '/api/auth/token', { text: '{', headers: { 'content-type': 'application/json' } })
  await ask('POST', '/api/auth/token', { text: '{', headers: { 'content-type': 'text/plain' } })
  const login = await ask('GET', '/api/auth/login')
  const target = new URL(login.header('location'))
  const { location } = await sim.authorize(people.grace, {
    redirectUri: target.searchParams.get('redirect_uri'),
    state: target.searchParams.get('state'),
  })
  const { pathname, search } = new URL(location)
  await ask('GET', pathname + search, { headers: { cookie: login.cookieHeader } })
  await ask('GET', '/api/auth/callback')
  const { body: refreshed } = await ask('POST', '/api/auth/refresh', { token: session.token })
  await ask('POST', '/api/auth/refresh')
  await ask('POST', '/api/auth/logout', { token: refreshed.token })
  await ask('POST', '/api/auth/logout', { token: refreshed.token })
})

test('users match the document', async () => {
  for (const path of ['/api/users/me', '/api/users/me/guilds']) {
    await ask('GET', path, { token })
    await ask('GET', path)
  }
  const path = '/api/users/me/sessions'
  await hall.login(sim, people.ada)
  const sessions = await ask('GET', path, { token })
  await ask('GET', path)
  for (const address of [`${path}/${sessions.body.find(({ current }) => !current).id}`, `${path}/none`, path]) {
    await ask('DELETE', address, { token })
    await ask('DELETE', address)
  }
})

test('guilds match the document', async () => {
  const path = `/api/guilds/${guilds.workshop}`
  const stranger = await hall.login(sim, people.mallory)
  await ask('GET', path, { token })
  await ask('PATCH', path, { token, body: { prefix: '?' } })
  await ask('PUT', path, { token, body: { prefix: '!', language: 'en' } })
  for (const [method, body] of [['GET'], ['PATCH', { prefix: '?' }], ['PUT', { prefix: '!', language: 'en' }]]) {
    await ask(method, path, { body })
    await ask(method, path, { token: stranger, body })
    await ask(method, '/api/guilds/1', { token, body })
    if (body) await ask(method, path, { token, body: { name: 'x' } })
  }
  for (const list of ['channels', 'roles', 'emojis', 'members?query=a', 'members', 'stats', 'stats?days=7', 'stats?days=0']) {
    await ask('GET', `${path}/${list}`, { token })
    await ask('GET', `${path}/${list}`, { token: stranger })
    await ask('GET', `/api/guilds/1/${list}`, { token })
  }
})

test('commands match the document', async () => {
  const path = `/api/guilds/${guilds.workshop}/commands`
  const stranger = await hall.login(sim, people.mallory)
  const body = {
    trigger: 'rich',
    response: {
      content: 'Hi ${1}',
      embeds: [{ title: 'T', color: 255, fields: [{ name: 'n', value: 'v' }], footer: { text: 'f' } }],
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'L', custom_id: 'c' }] }],
    },
    interaction: 'interaction.reply("x")',
  }
  const made = await ask('POST', path, { token, body })
  assert.equal(made.status, 201, made.text)
  const one = `${path}/${made.body.id}`
  await ask('POST', path, { token, body })
  await ask('GET', path, { token })
  await ask('GET', `/api/guilds/${guilds.workshop}`, { token })
  for (const list of [path, `/api/guilds/${guilds.workshop}`]) {
    for (const query of ['scripts=1', 'scripts=1&limit=1&before=1', 'scripts=2', 'limit=0', '%']) {
      await ask('GET', `${list}?${query}`, { token })
    }
  }
  await ask('GET', one, { token, headers: { 'if-none-match': made.header('etag') } })
  await ask('PATCH', one, { token, body: { interaction: 'let = ;' } })
  for (const script of ['throw new TypeError("x")', 'let = ;', 'for (;;);', 'await interaction.reply({ flags: 64 })']) {
    await ask('POST', `${one}/test`, { token, body: { script } })
  }
  for (const [method, address, payload] of [
    ['GET', path],
    ['POST', path, { trigger: 'plain', response: { content: 'x' } }],
    ['GET', one],
    ['PUT', one, body],
    ['PATCH', one, { trigger: 'richer' }],
    ['POST', `${one}/test`, { interaction: { customId: 'c' }, args: ['x'] }],
    ['DELETE', one],
  ]) {
    await ask(method, address, { body: payload })
    await ask(method, address, { token: stranger, body: payload })
    await ask(method, address.replace(guilds.workshop, '1'), { token, body: payload })
    if (payload) await ask(method, address, { token, body: { colour: 1 } })
    if (payload && address === one) await ask(method, one, { token, body: payload, headers: { 'if-match': '"other"' } })
    await ask(method, address, { token, body: payload })
  }
})

test('the other routes match the document', async () => {
  const { operations } = openApi
  for (const path of ['/docs', '/docs/openapi.json', '/healthz', '/readyz', '/metrics', '/api/bot']) {
    if (operations.some((one) => one.path === path)) await ask('GET', path)
  }
  if (operations.some((one) => one.path === '/api/logs')) {
    await ask('GET', '/api/logs', { token })
    await ask('GET', '/api/logs')
  }
})

test('operations match the document', async () => {
  const stranger = await hall.login(sim, people.mallory)
  const role = `/api/admin/users/${people.mallory.id}/roles/ADMIN`
  for (const [method, path] of [
    ['GET', '/api/admin/status'],
    ['GET', '/api/admin/users'],
    ['GET', '/api/admin/users?search=a&limit=1'],
    ['GET', '/api/admin/users?limit=0'],
    ['PUT', role.replace('ADMIN', 'USER')],
    ['PUT', role.replace(people.mallory.id, '404')],
    ['DELETE', role.replace(people.mallory.id, people.ada.id)],
    ['PUT', role],
    ['DELETE', role],
    ['DELETE', role],
  ]) {
    await ask(method, path)
    if (path !== role) await ask(method, path, { token: stranger })
    await ask(method, path, { token })
  }
})

test('no operation was left out', () => {
  const redirects = ['GET /api/auth/login', 'GET /api/auth/callback']
  assert.deepEqual(
    openApi.unseen('2').filter((name) => !redirects.includes(name)),
    [],
  )
  assert.deepEqual(
    openApi.unseen('3').filter((name) => redirects.includes(name)),
    [],
  )
})

test('every operation that needs a token says so, and is 401 without', async () => {
  for (const { method, path, operation } of openApi.operations) {
    const security = operation.security ?? served.body.security ?? []
    const open = security.length === 0 || security.some((one) => Object.keys(one).length === 0)
    if (open) continue
    const answer = await ask(
      method,
      path.replace(/\{[^}]+\}/g, '1'),
      method === 'GET' || method === 'DELETE' ? {} : { body: {} },
    )
    assert.equal(answer.status, 401, `${method} ${path}`)
  }
})
