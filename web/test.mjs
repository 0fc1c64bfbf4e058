// node test.mjs [part of a path]...: bundles src/**/*.test.mjs, so that they can import TypeScript, and runs them.
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const wanted = process.argv.slice(2)
const tests = (await readdir(join(here, 'src'), { recursive: true }))
  .filter((path) => path.endsWith('.test.mjs') && (wanted.length === 0 || wanted.some((part) => path.includes(part))))
  .map((path) => join('src', path))
const out = await mkdtemp(join(tmpdir(), 'dashboard-tests-'))
try {
  await build({
    absWorkingDir: here,
    entryPoints: tests,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node18',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outdir: out,
    outExtension: { '.js': '.mjs' },
    sourcemap: 'inline',
    logLevel: 'warning',
  })
  const bundles = (await readdir(out, { recursive: true })).filter((path) => path.endsWith('.mjs')).map((path) => join(out, path))
  // Inside a test file node would skip the files.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...bundles], { cwd: here, stdio: 'inherit', env })
  process.exitCode = status ?? 1
} finally {
  await rm(out, { recursive: true, force: true })
}
