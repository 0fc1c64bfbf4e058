// Folders are the architecture: a folder of src/ includes only from itself and from folders below it.
import { files, folderOf, ownIncludes } from './tree.mjs'

const bottomUp = [
  'base', 'config', 'net', 'discord', 'socketio', 'database', 'logger', 'jwt', 'vm', 'swagger', 'bot', 'server', 'app',
]
/** What the order alone would allow. */
const forbidden = [['server', 'bot', 'they meet over the event bus of base']]
/** What stands beside the order: the main program, and discord-sim, which is built on the libraries at the bottom. */
const others = { src: ['app', 'config', 'base'], sim: ['sim', 'base', 'net'] }

function allowedFor(folder) {
  return others[folder] ?? bottomUp.slice(0, bottomUp.indexOf(folder) + 1)
}

let failures = 0
for (const file of files) {
  const folder = folderOf(file)
  if (!others[folder] && !bottomUp.includes(folder)) {
    console.log(`${file}: folder ${folder} has no place in tests/lint/layers.mjs`)
    failures += 1
    continue
  }
  for (const { line, path } of ownIncludes(file)) {
    const target = path.split('/')[0]
    const ban = forbidden.find(([from, to]) => from === folder && to === target)
    if (ban || !allowedFor(folder).includes(target)) {
      console.log(`${file}:${line}: ${folder} must not include "${path}"${ban ? `: ${ban[2]}` : ''}`)
      failures += 1
    }
  }
}
process.exitCode = failures === 0 ? 0 : 1
