// A machine without the features of the sandbox: the rest works, and the log says what to do.
import assert from 'node:assert/strict'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { assertError } from '../harness/assertions.mjs'
import { startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, scriptHostBinary } from '../harness/paths.mjs'
import { run } from '../harness/program.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const commands = `/api/guilds/${guilds.workshop}/commands`

const asNobodyElse = ['unshare', '-U', '--map-user=1000', '--map-group=1000', '--keep-caps', 'sh', '-c']

/** A guildhall-vm on a system that forbids namespaces. */
async function confinedProgram(scope) {
  const file = join(await freshDirectory(scope), 'guildhall-vm')
  const inside = 'echo 0 >/proc/sys/user/max_user_namespaces && exec setpriv --inh-caps=-all --bounding-set=-all "$@"'
  await writeFile(file, `#!/bin/sh\nexec ${asNobodyElse.join(' ')} '${inside}' sh ${scriptHostBinary} "$@"\n`)
  await chmod(file, 0o755)
  return file
}

const [command, ...options] = asNobodyElse
const allowed = (await run(command, [...options, 'echo 0 >/proc/sys/user/max_user_namespaces'])).code === 0
const skip = allowed ? false : 'this machine does not let a test take namespaces away'

async function trial(hall) {
  const token = await hall.login(sim, people.ada)
  const body = { trigger: 'x', response: { content: 'x' }, interaction: 'console.log(1 + 1)' }
  const saved = await hall.post(commands, { token, body })
  assert.equal(saved.status, 201, saved.text)
  return hall.post(`${commands}/${saved.body.id}/test`, { token, body: {} })
}

test('without namespaces scripts are off and everything else works', { skip }, async (t) => {
  const hall = await startGuildhall(t, sim, { env: { GUILDHALL_VM: await confinedProgram(t) } })
  const warning = await hall.log(({ message }) => /^Scripts are off/.test(message), 'a warning about scripts')
  assert.equal(warning.level, 'warn')
  assert.match(warning.reason, /namespaces .*SCRIPTS_UNSAFE=1/)
  const answer = await trial(hall)
  assertError(answer, 503, { code: 'unavailable' })
  assert.match(answer.body.error, /Its log says why/)
})

test('SCRIPTS_UNSAFE=1 runs them anyway and logs what is missing', { skip }, async (t) => {
  const env = { GUILDHALL_VM: await confinedProgram(t), SCRIPTS_UNSAFE: '1' }
  const hall = await startGuildhall(t, sim, { env })
  const warning = await hall.log(({ source, level }) => source === 'scripts' && level === 'warn', 'a warning')
  assert.match(warning.missing, /namespaces/)
  const answer = await trial(hall)
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.body.console[0].text, '2')
})
