// The same .env file means the same, whoever reads it: guildhall, `docker run --env-file`, Docker Compose or systemd.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { environmentFor, startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, guildhallBinary } from '../harness/paths.mjs'
import { run } from '../harness/program.mjs'
import { startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)

/** A folder whose .env has `lines`, and what else a start needs in the environment. */
async function folderWith(t, text) {
  const directory = await freshDirectory(t)
  await writeFile(join(directory, '.env'), text)
  return { cwd: directory, env: environmentFor(sim, directory) }
}

/** What `docker run --env-file` makes of a file: the rest of each line, as it is. */
const asDockerRunReads = (text) =>
  Object.fromEntries(
    text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')).trimStart(), line.slice(line.indexOf('=') + 1)]),
  )

/** Where a start with a storage that cannot be opened says that it lies, and all that is said. */
async function storageOf({ cwd, env }, extra = {}) {
  const { DB_DIALECT, DB_STORAGE, ...rest } = env
  const { code, output } = await run(guildhallBinary, [], { cwd, env: { ...rest, DB_DIALECT: 'sqlite', ...extra } })
  assert.equal(code, 1, output)
  return { storage: /The directory \S*(nowhere\/\S*) of the database/.exec(output)?.[1], output }
}

const storages = [
  ['bare', 'DB_STORAGE=nowhere/a.db/f', 'nowhere/a.db'],
  ['in double quotes', 'DB_STORAGE="nowhere/a.db/f"', 'nowhere/a.db'],
  ['in single quotes', "DB_STORAGE='nowhere/a.db/f'", 'nowhere/a.db'],
  ['in back quotes', 'DB_STORAGE=`nowhere/a.db/f`', 'nowhere/a.db'],
  ['in quotes before a comment', 'DB_STORAGE="nowhere/a.db/f" # the file', 'nowhere/a.db'],
  ['with a # that belongs to it', 'DB_STORAGE=nowhere/a.db#1/f', 'nowhere/a.db#1'],
  ['with $ in single quotes', "DB_STORAGE='nowhere/$a.db/f'", 'nowhere/$a.db'],
  ['with $ escaped in double quotes', 'DB_STORAGE="nowhere/\\$a.db/f"', 'nowhere/$a.db'],
  ['with white space around it', 'DB_STORAGE=  nowhere/a.db/f \t ', 'nowhere/a.db'],
  ['with CRLF', '# a comment\r\nDB_STORAGE=nowhere/a.db/f\r\n', 'nowhere/a.db'],
  ['behind a byte order mark', '\uFEFFDB_STORAGE=nowhere/a.db/f\n', 'nowhere/a.db'],
]
for (const [what, text, meant] of storages) {
  test(`a value ${what} is the same in the file and by docker run`, async (t) => {
    const place = await folderWith(t, `${text}\n`)
    assert.equal((await storageOf(place)).storage, meant)
    const passed = asDockerRunReads(text)
    const bare = { cwd: await freshDirectory(t), env: place.env }
    assert.equal((await storageOf(bare, passed)).storage, meant)
  })
}

test('a comment behind a value that cannot have one is none, in the file and by docker run', async (t) => {
  const text = 'LOG_LEVEL=debug # loud\nSCRIPTS=off\t# for now\nPUBLIC_URL="https://bot.example" # ours'
  const file = join(await freshDirectory(t), 'settings.env')
  await writeFile(file, text)
  for (const options of [{ args: ['--env-file', file] }, { env: asDockerRunReads(text) }]) {
    const hall = await startGuildhall(t, sim, { ...options, synced: false })
    const { variables } = await hall.log(({ message }) => message === 'Configuration', 'the configuration')
    assert.match(variables, /^LOG_LEVEL=debug \(/m)
    assert.match(variables, /^SCRIPTS=off \(/m)
    assert.match(variables, /^PUBLIC_URL=https:\/\/bot\.example \(/m)
    assert.doesNotMatch(hall.program.output, /LOG_LEVEL: |SCRIPTS: /)
  }
})

for (const [what, line, warning] of [
  ['a comment that could be a part', 'BOT_ACTIVITY=chess # and go', /BOT_ACTIVITY: the comment .*docker run --env-file/],
  ['a variable that Compose replaces', 'DB_PASS=a$b', /DB_PASS: `\$` .*Docker Compose.*single quotes/],
  ['two dollar signs', 'DB_PASS=a$$b', /DB_PASS: `\$`/],
  ['a variable in double quotes', 'BOT_ACTIVITY="${HOME}"', /BOT_ACTIVITY: `\$`/],
  ['export', 'export BOT_ACTIVITY=chess', /BOT_ACTIVITY: .*`export`/],
]) {
  test(`a warning says where readers differ: ${what}`, async (t) => {
    const place = await folderWith(t, `${line}\nDB_STORAGE=nowhere/a.db\n`)
    const { output } = await storageOf(place)
    assert.match(output, warning)
    assert.match(output, /\.env:1: /)
    assert.doesNotMatch(output, /a\$/, 'no value, which may be a secret')
  })
}

test('what readers agree on causes no warning', async (t) => {
  const lines = ["DB_PASS='a$b # c'", 'BOT_ACTIVITY=chess', 'DB_USER=a#b', 'OTHER=$x # y', 'LOG_LEVEL=info # quiet', 'DB_NAME=5$']
  const { output } = await storageOf(await folderWith(t, [...lines, 'DB_STORAGE=nowhere/a.db'].join('\n')))
  assert.doesNotMatch(output, /\.env:\d/)
})

test('an empty variable of the environment wins over the file', async (t) => {
  const place = await folderWith(t, 'DB_STORAGE=nowhere/a.db\nLOG_LEVEL=loud\nPUBLIC_URL=nonsense\n')
  await mkdir(join(place.cwd, 'data'))
  const env = { ...place.env, DB_STORAGE: '', LOG_LEVEL: '', PUBLIC_URL: '', DB_DIALECT: 'sqlite' }
  const { code, output } = await run(guildhallBinary, ['migrate'], { cwd: place.cwd, env })
  assert.equal(code, 0, output)
})

test('a quote that is not closed stops the start with file and line', async (t) => {
  const { output } = await storageOf(await folderWith(t, 'LOG_LEVEL=info\nDB_PASS="hunter2\n'))
  assert.match(output, /\.env:2: the value's quote is not closed/)
  assert.doesNotMatch(output, /hunter2/)
})

for (const [value, message] of [
  ['null', /CORS_ORIGINS: `null` .*file/],
  ['https://a.example,*', /CORS_ORIGINS: `\*`/],
  ['capacitor://localhost/path', /CORS_ORIGINS: expected/],
  ['localhost:3000', /CORS_ORIGINS: expected/],
]) {
  test(`CORS_ORIGINS=${value} is refused`, async (t) => {
    const { output } = await storageOf(await folderWith(t, ''), { CORS_ORIGINS: value })
    assert.match(output, message)
  })
}
