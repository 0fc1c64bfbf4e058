// Folders are the architecture: a folder of src/ includes only from itself and from the folders below it. The order is
// in src/folders.txt; the table of folders in docs/architecture.md must show the same order, top down.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { closureOf, files, folderOf, ownIncludes, root, textOf } from './tree.mjs'

const bottomUp = textOf('src/folders.txt')
  .split('\n')
  .filter((line) => /^[a-z]/.test(line))
/** Includes that the order alone would allow. */
const forbidden = [['server', 'bot', 'they communicate over the event bus of base']]
/** Code outside the order: the main program, and discord-sim, which is built on the libraries at the bottom. */
const others = { src: ['app', 'config', 'base'], sim: ['sim', 'base', 'net'], testing: ['testing', 'base', 'net'] }

let failures = 0
function fail(where, why) {
  console.log(`${where}: ${why}`)
  failures += 1
}

/** The files of the programs; all other files belong to tests. */
const product = new Set(files.filter((file) => /(?<!_test)\.cpp$/.test(file)).flatMap(closureOf))

function allowedFor(file) {
  const folder = folderOf(file)
  const allowed = others[folder] ?? bottomUp.slice(0, bottomUp.indexOf(folder) + 1)
  return product.has(file) ? allowed : [...allowed, 'testing']
}

function checkIncludes(file) {
  const folder = folderOf(file)
  if (!others[folder] && !bottomUp.includes(folder)) return fail(file, `folder ${folder} is missing in src/folders.txt`)
  for (const { line, path } of ownIncludes(file)) {
    const target = path.split('/')[0]
    const ban = forbidden.find(([from, to]) => from === folder && to === target)
    if (ban || !allowedFor(file).includes(target)) {
      fail(`${file}:${line}`, `${folder} must not include "${path}"${ban ? `: ${ban[2]}` : ''}`)
    }
  }
}

function checkDocument(document) {
  const documented = [...textOf(document).matchAll(/^\| `src\/(\w+)\/` \|/gm)].map(([, name]) => name)
  const expected = bottomUp.filter((folder) => existsSync(join(root, 'src', folder))).reverse()
  if (documented.join() !== expected.join()) {
    fail(document, `the table of folders must have, in this order: ${expected.join(' ')}; it has: ${documented.join(' ')}`)
  }
}

files.forEach(checkIncludes)
checkDocument('docs/architecture.md')
process.exitCode = failures === 0 ? 0 : 1
