// The curl transcripts in README.md work when pasted one after the other.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, root } from '../harness/paths.mjs'
import { run } from '../harness/program.mjs'
import { callCommand, componentsOf, useComponent } from '../harness/scripts.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { until } from '../harness/wait.mjs'

/**
 * The commands of a transcript, and the lines that they are said to print: what follows `# ` below a command, or, where
 * commands begin with `$ `, every line that does not.
 */
function parseTranscript(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (!lines.some((line) => line.startsWith('$ '))) {
    return {
      script: text,
      expected: lines.filter((line) => /^# ?=>/.test(line)).map((line) => line.replace(/^# ?=>\s*/, '')),
    }
  }
  const script = []
  const expected = []
  let continued = false
  for (const line of lines) {
    if (line.startsWith('$ ') || continued) {
      script.push(line.replace(/^\$ /, ''))
      continued = line.endsWith('\\')
    } else {
      expected.push(line)
    }
  }
  return { script: script.join('\n'), expected }
}

/** A pattern for a line in which `...` and ids match anything. */
function linePattern(line) {
  const wild = /\.\.\.|…|\b\d{5,}\b|\d{4}-\d\d-\d\dT[\d:.]+Z/g
  return new RegExp(
    line
      .split(wild)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  )
}

test('the transcripts in README.md work when they are pasted', async (t) => {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/<!-- transcript -->\s*```\w*[^\n]*\n(.*?)```\s*<!-- \/transcript -->/gs)]
  assert.ok(blocks.length > 0, 'README.md has transcripts')

  const sim = await startSimulator(t)
  const hall = await startGuildhall(t, sim, { args: ['--demo'] })
  const { script, expected } = parseTranscript(blocks.map(([, text]) => text).join('\n'))
  const own = script
    .replaceAll(/\bhttp:\/\/(127\.0\.0\.1|localhost):8090\b/g, sim.url)
    .replaceAll(/\bhttp:\/\/(127\.0\.0\.1|localhost):8080\b/g, hall.url)
    .replaceAll(/\b(127\.0\.0\.1|localhost):8090\b/g, new URL(sim.url).host)
    .replaceAll(/\b(127\.0\.0\.1|localhost):8080\b/g, new URL(hall.url).host)

  const directory = await freshDirectory(t)
  const file = join(directory, 'transcript.sh')
  await writeFile(file, own)
  const { code, output } = await run('bash', ['-euo', 'pipefail', file], { cwd: directory })
  assert.equal(code, 0, output)
  assert.doesNotMatch(output, /"error":"/)
  for (const line of expected) assert.match(output, linePattern(line))

  // The README says to do this next.
  const channel = await sim.channelOf(guilds.workshop)
  const poll = await callCommand(sim, channel, people.grace, '!poll')
  await useComponent(sim, channel, people.grace, poll, componentsOf(poll)[0])
  await until(async () => {
    const all = await sim.messages(channel)
    return all.find(({ id }) => id === poll.id).content === 'Tea 1, coffee 0'
  }, 'the vote')
})
