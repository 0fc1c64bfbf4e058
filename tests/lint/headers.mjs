// Each header compiles alone: it includes what it uses.
//
// What takes time is Asio. Headers that include it anyway get its headers precompiled; the others get nothing.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runAll } from './parallel.mjs'
import { closureOf, files, fingerprint, flagsOf, root, textOf } from './tree.mjs'

const asioHeaders = ['awaitable', 'co_spawn', 'steady_timer', 'use_awaitable', 'ip/address', 'ip/tcp']

function precompileAsio(definitions) {
  const header = join(root, 'build/lint/asio.hpp')
  if (existsSync(`${header}.gch`)) return header
  mkdirSync(join(root, 'build/lint'), { recursive: true })
  writeFileSync(header, asioHeaders.map((name) => `#include <boost/asio/${name}.hpp>\n`).join(''))
  execFileSync('g++', ['-std=c++20', ...definitions, '-x', 'c++-header', header, '-o', `${header}.gch`])
  return header
}

const usesAsio = (file) => closureOf(file).some((part) => /#include <boost\/asio/.test(textOf(part)))
const definitionsOf = (flags) => flags.filter((flag) => /^-DBOOST_(ASIO|BEAST)/.test(flag))

const headers = files.filter((file) => file.endsWith('.hpp'))
const tasks = headers.map((file) => {
  const flags = flagsOf(file)
  const asio = usesAsio(file) ? ['-include', precompileAsio(definitionsOf(flags))] : []
  const args = [...flags, ...asio, '-fsyntax-only', '-w', '-x', 'c++', file]
  return { file, program: 'g++', args, fingerprint: fingerprint(file, args) }
})
process.exitCode = (await runAll('headers', tasks)) === 0 ? 0 : 1
