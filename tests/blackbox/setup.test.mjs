// `guildhall setup` against discord-sim: on a terminal, with wrong answers, and with prepared ones.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { onEnd } from '../harness/cleanup.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, guildhallBinary, root } from '../harness/paths.mjs'
import { run, withoutLeaks } from '../harness/program.mjs'
import { freePort } from '../harness/proxy.mjs'
import { application, people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
await sim.changeRateLimits({ lifted: true })
const { PATH } = process.env
const env = { PATH, DISCORD_API_URL: sim.api }

/** Runs setup on a terminal; each step is a pattern to wait for and what is typed then. */
async function onTerminal(cwd, steps, args = []) {
  const python = spawn('python3', [join(root, 'tests/harness/terminal.py'), guildhallBinary, 'setup', ...args], { cwd, env })
  python.stdin.end(JSON.stringify(steps.map(([wanted, answer]) => [wanted.source, answer])))
  const [shown, errors, [code]] = await Promise.all([text(python.stdout), text(python.stderr), once(python, 'close')])
  assert.equal(errors, '')
  return { code, shown }
}

/** Runs setup with an answers file. */
async function withAnswers(cwd, answers, args = []) {
  const file = join(cwd, 'answers')
  await writeFile(file, Object.entries(answers).map(([name, value]) => `${name}='${value}'\n`).join(''))
  return run(guildhallBinary, ['setup', '--answers', file, ...args], { cwd, env: { ...env, ...withoutLeaks } })
}

const credentials = {
  DISCORD_CLIENT_ID: application.id,
  DISCORD_CLIENT_SECRET: application.secret,
  DISCORD_BOT_TOKEN: application.botToken,
}

const valueIn = (file, name) => new RegExp(`^${name}=(.*)$`, 'm').exec(file)?.[1]

test('leads through an installation, asks again for what is wrong, and shows no secret', async (t) => {
  const directory = await freshDirectory(t)
  const port = await freePort()
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  onEnd(t, () => taken.close())
  await sim.changeOauth({ redirectUris: [`http://127.0.0.1:${port}/api/auth/callback`] })
  await sim.changeGateway({ disallowedIntents: ['MESSAGE_CONTENT'] })
  onEnd(t, () => sim.changeGateway({ disallowedIntents: [] }))
  const { code, shown } = await onTerminal(directory, [
    [/Application ID: /, 'my application'],
    [/DISCORD_CLIENT_ID: expected the application's id \(digits\)\.\s+Application ID: /, application.id],
    [/Client secret \(not shown\): /, 'wrong-client-secret'],
    [/No: Discord does not accept DISCORD_CLIENT_ID with DISCORD_CLIENT_SECRET\.[\s\S]*Application ID \[\d+\]: /, ''],
    [/Client secret \[as it is\] \(not shown\): /, application.secret],
    [/ok: Discord accepts[\s\S]*Bot token[^:]*: /, 'wrong-bot-token'],
    [/No: Discord does not accept DISCORD_BOT_TOKEN\.[\s\S]*Bot token[^:]*: /, application.botToken],
    [/ok: The token is valid; the application is `Guildhall Demo`\.[\s\S]*MESSAGE_COMMANDS \[on\]: /, 'on'],
    [/No: Message Content Intent is off[\s\S]*MESSAGE_COMMANDS \[on\]: /, 'mentions'],
    [/ok: The application has the intents[\s\S]*HOST \[127\.0\.0\.1\]: /, ''],
    [/PORT \[8080\]: /, `${taken.address().port}`],
    [/is taken by another program\.[\s\S]*HOST \[127\.0\.0\.1\]: /, ''],
    [/PORT \[\d+\]: /, `${port}`],
    [/ok: HOST 127\.0\.0\.1, PORT \d+ is free\.[\s\S]*PUBLIC_URL \[none\]: /, 'bot.example.org'],
    [/PUBLIC_URL: expected an http or https URL[\s\S]*PUBLIC_URL \[none\]: /, ''],
    [/ok: Discord knows the redirects[\s\S]*DB_DIALECT \[sqlite\]: /, 'postgres'],
    [/DB_DIALECT: expected `sqlite`, `mariadb` or `mysql`\.\s+DB_DIALECT \[sqlite\]: /, ''],
    [/File \[\.\/data\/guildhall\.sqlite\]: /, ''],
    [/Made the directory [\s\S]*ok: There is no database[\s\S]*ADMIN_USER_IDS \[none\]: /, people.ada.id],
  ])
  assert.equal(code, 0, shown)
  for (const secret of [application.secret, application.botToken, 'wrong-client-secret', 'wrong-bot-token']) {
    assert.ok(!shown.includes(secret), 'no secret is echoed')
  }
  assert.match(shown, /Made a key .*[^]*Wrote \.env\./)
  assert.match(shown, /run `guildhall check`, and open/)
  if (process.getuid() === 0) assert.match(shown, /It belongs to root\. [^]*chown USER: \.\/data/)
  assert.match(shown, /Open https:\/\/discord\.com\/developers\/applications\/1150000000000000000\/bot/)
  assert.ok(shown.includes(`${sim.url}/oauth2/authorize?client_id=${application.id}&scope=bot%20applications.commands&permissions=274878254144`))
  const file = await readFile(join(directory, '.env'), 'utf8')
  assert.equal((await stat(join(directory, '.env'))).mode & 0o777, 0o600)
  assert.match(file, /^# The bot's token, from the page Bot/m, 'with its comments')
  assert.equal(valueIn(file, 'DISCORD_BOT_TOKEN'), application.botToken)
  assert.equal(valueIn(file, 'MESSAGE_COMMANDS'), 'mentions')
  assert.equal(valueIn(file, 'PORT'), `${port}`)
  assert.match(valueIn(file, 'JWT_SECRET'), /^[0-9a-f]{64}$/)
  assert.ok(!file.includes(`\nDISCORD_API_URL=${sim.api}`), 'only what was asked is written')

  // What was written starts.
  const program = await run(guildhallBinary, ['check', '--json'], { cwd: directory, env: { ...env, ...withoutLeaks } })
  const { checks } = JSON.parse(program.output)
  assert.deepEqual(checks.filter(({ verdict }) => verdict === 'failed'), [])
})

test('writes nothing when it is ended', async (t) => {
  const directory = await freshDirectory(t)
  const { code, shown } = await onTerminal(directory, [
    [/Application ID: /, application.id],
    [/Client secret \(not shown\): /, '\x03'],
  ])
  assert.notEqual(code, 0)
  assert.ok(!shown.includes('Wrote'))
  await assert.rejects(stat(join(directory, '.env')))
})

describe('with prepared answers', () => {
  test('asks nothing, and starts', async (t) => {
    const directory = await freshDirectory(t)
    await sim.changeOauth({ redirectUris: ['https://bot.example.org/api/auth/callback'] })
    const answers = { ...credentials, PORT: `${await freePort()}`, PUBLIC_URL: 'https://bot.example.org', DB_STORAGE: './hall.db' }
    const { code, output } = await withAnswers(directory, answers, ['--set', `ADMIN_USER_IDS=${people.ada.id}`])
    assert.equal(code, 0, output)
    const file = await readFile(join(directory, '.env'), 'utf8')
    assert.equal(valueIn(file, 'TRUSTED_PROXIES'), '127.0.0.1')
    assert.equal(valueIn(file, 'ADMIN_USER_IDS'), people.ada.id)
    for (const secret of [application.secret, application.botToken, valueIn(file, 'JWT_SECRET')]) {
      assert.ok(!output.includes(secret))
    }
    await startGuildhall(t, sim, { directory, args: ['--env-file', '.env'], env: { JWT_SECRET: valueIn(file, 'JWT_SECRET') } })
  })

  test('keeps what an existing file has, and changes it only when told', async (t) => {
    const directory = await freshDirectory(t)
    const answers = { ...credentials, PORT: `${await freePort()}`, DB_STORAGE: './hall.db' }
    const before = `# mine\nBOT_STATUS=idle\nOTHER=1\nJWT_SECRET=${'a'.repeat(64)}\n`
    await writeFile(join(directory, '.env'), before)
    await chmod(join(directory, '.env'), 0o640)
    const refused = await withAnswers(directory, answers)
    assert.equal(refused.code, 1)
    assert.match(refused.output, /\.env exists and was not changed\. Answer OVERWRITE with yes/)
    assert.equal(await readFile(join(directory, '.env'), 'utf8'), before)
    const { code, output } = await withAnswers(directory, { ...answers, OVERWRITE: 'yes' }, ['--env-file', './.env'])
    assert.equal(code, 0, output)
    assert.match(output, /run `guildhall check --env-file \.\/\.env`/)
    const file = await readFile(join(directory, '.env'), 'utf8')
    assert.ok(file.startsWith(before))
    assert.equal(valueIn(file, 'DISCORD_CLIENT_ID'), application.id)
    assert.equal((await stat(join(directory, '.env'))).mode & 0o777, 0o640)
  })

  test('ends with what is wrong', async (t) => {
    const directory = await freshDirectory(t)
    const port = `${await freePort()}`
    const refuse = async (changed, reason) => {
      const { code, output } = await withAnswers(directory, { ...credentials, PORT: port, DB_STORAGE: './hall.db', ...changed })
      assert.equal(code, 1, output)
      assert.match(output, reason)
      assert.doesNotMatch(output, /no-such/)
      await assert.rejects(stat(join(directory, '.env')))
    }
    await refuse({ DISCORD_CLIENT_SECRET: 'no-such-secret' }, /Discord does not accept DISCORD_CLIENT_ID with .*[^]*An answer is wrong/)
    await refuse({ DISCORD_BOT_TOKEN: 'no-such-token' }, /Discord does not accept DISCORD_BOT_TOKEN/)
    await refuse({ DISCORD_CLIENT_ID: '' }, /DISCORD_CLIENT_ID is needed/)
    await refuse({ PORT: 'high' }, /PORT: expected a number/)
    await refuse({ DB_STORAGE: '/proc/none/hall.db' }, /The directory \/proc\/none of the database does not exist/)
    await refuse({ DB_DIALECT: 'mariadb', DB_PORT: port, DB_PASS: 'no-such-password' }, /No: /)
    await refuse({ NO_SUCH_VARIABLE: '1' }, /NO_SUCH_VARIABLE is not a variable of guildhall/)
  })

  test('refuses secrets among its arguments, and a pipe without answers', async (t) => {
    const directory = await freshDirectory(t)
    const secret = await run(guildhallBinary, ['setup', '--set', 'DISCORD_BOT_TOKEN=abc'], { cwd: directory, env })
    assert.equal(secret.code, 1)
    assert.match(secret.output, /--set DISCORD_BOT_TOKEN: others see a program's arguments/)
    const pipe = await run(guildhallBinary, ['setup'], { cwd: directory, env })
    assert.equal(pipe.code, 1)
    assert.match(pipe.output, /setup asks on a terminal/)
  })
})
