// The C++ files of the tree: their text, their includes, and the compiler flags of their folder.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') yield* walk(join(folder, entry.name))
    } else if (/\.[ch]pp$/.test(entry.name)) {
      yield relative(root, join(folder, entry.name))
    }
  }
}

/** Paths from the root, sorted. */
export const files = ['src', 'sim'].flatMap((folder) => [...walk(join(root, folder))]).sort()

const texts = new Map()
export function textOf(file) {
  if (!texts.has(file)) texts.set(file, readFileSync(join(root, file), 'utf8'))
  return texts.get(file)
}

/** `{line, path}` of each `#include "path"`. */
export function ownIncludes(file) {
  return textOf(file)
    .split('\n')
    .map((text, index) => ({ line: index + 1, path: /^\s*#\s*include\s+"([^"]+)"/.exec(text)?.[1] }))
    .filter(({ path }) => path)
}

/** The file that `#include "path"` names, from the root; undefined for generated files. */
const resolve = (path) => [`src/${path}`, path].find((candidate) => existsSync(join(root, candidate)))

/** The file and every file of the project that it includes, directly or indirectly. */
export function closureOf(file) {
  const seen = new Set([file])
  for (const next of seen) {
    for (const { path } of ownIncludes(next)) {
      const target = resolve(path)
      if (target) seen.add(target)
    }
  }
  return [...seen].sort()
}

/** Changes with everything that compiling `file` with `flags` depends on, except the system's headers. */
export function fingerprint(file, flags) {
  const hash = createHash('sha256').update(JSON.stringify(flags))
  for (const part of closureOf(file)) hash.update(part).update('\0').update(textOf(part)).update('\0')
  return hash.digest('hex')
}

/** The library that a file is part of: `net` for src/net/http.hpp. */
export function folderOf(file) {
  const [top, name, ...rest] = file.split('/')
  return top === 'src' && rest.length > 0 ? name : top
}

let commands

/** The definitions and include directories with which the file's folder is compiled. */
export function flagsOf(file) {
  commands ??= JSON.parse(readFileSync(join(root, 'build/dev/compile_commands.json'), 'utf8'))
  const folder = folderOf(file)
  const isNeighbour = (command) => folderOf(relative(root, command.file)) === folder && !/_test\.cpp$/.test(command.file)
  const command = commands.find(isNeighbour)?.command ?? ''
  return ['-std=c++20', ...(command.match(/(?<= )(-D\S+|-I\S+|-isystem \S+)/g) ?? []).flatMap((flag) => flag.split(' '))]
}
