// node build.mjs --out <folder> [--pack <file>]: bundles the dashboard into <folder>. With --pack it also writes all of it
// into one file for cmake/embed.cmake: a line of JSON, [{name, size}, ...], and then the files, each compressed with gzip.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const { values } = parseArgs({ options: { out: { type: 'string' }, pack: { type: 'string' } } })
const out = values.out ?? join(here, 'dist')

await rm(out, { recursive: true, force: true })
const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: 'es2022',
  outdir: out,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
}
const results = await Promise.all([
  // Before the first paint, so that a stored theme does not flash.
  build({ ...common, entryPoints: ['src/theme-early.ts'], format: 'iife' }),
  build({
    ...common,
    entryPoints: ['src/main.tsx', 'src/main.css'],
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
  }),
])

/** The name of the output of an entry point. */
function outputOf(entry) {
  for (const { metafile } of results) {
    for (const [path, output] of Object.entries(metafile.outputs)) {
      if (output.entryPoint === entry) return path.split('/').at(-1)
    }
  }
  throw new Error(`${entry} has no output`)
}

/** Links for the files that `main` imports, so that the browser asks for all of them at once. */
function preloads() {
  const { outputs } = results[1].metafile
  const main = Object.values(outputs).find(({ entryPoint }) => entryPoint === 'src/main.tsx')
  const files = main.imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path.split('/').at(-1))
  return files.map((file) => `<link rel="modulepreload" href="/assets/${file}">`).join('\n    ')
}

let page = await readFile(join(here, 'index.html'), 'utf8')
for (const entry of ['src/theme-early.ts', 'src/main.tsx', 'src/main.css']) page = page.replaceAll(entry, `assets/${outputOf(entry)}`)
page = page.replace('<!-- preloads -->', preloads())
await writeFile(join(out, 'index.html'), page)

if (values.pack) {
  const files = []
  for (const name of (await readdir(out)).sort()) {
    files.push({ name, bytes: gzipSync(await readFile(join(out, name)), { level: 9 }) })
  }
  const index = JSON.stringify(files.map(({ name, bytes }) => ({ name, size: bytes.length })))
  await writeFile(values.pack, Buffer.concat([Buffer.from(`${index}\n`), ...files.map(({ bytes }) => bytes)]))
}
