// Runs a command for each of many files, on all cores. A file that passed before is skipped.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root } from './tree.mjs'

function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (output += data))
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output }))
  })
}

/**
 * `tasks`: `{file, program, args, fingerprint}`. Tasks whose fingerprint passed before are skipped. Prints the output of
 * those that fail; returns how many did.
 */
export async function runAll(name, tasks) {
  const folder = join(root, 'build/lint', name)
  mkdirSync(folder, { recursive: true })
  const queue = tasks.filter((task) => !existsSync(join(folder, task.fingerprint)))
  let failures = 0
  const work = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      const { status, output } = await run(task.program, task.args)
      if (status === 0) {
        writeFileSync(join(folder, task.fingerprint), task.file)
      } else {
        failures += 1
        console.log(`${task.file}:\n${output}`)
      }
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return failures
}
