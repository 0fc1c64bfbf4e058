// Serves the harness with the dashboard's policy, and opens it in Chromium.
import { createServer } from 'node:http'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const { chromium } = createRequire(join(here, '../../tests/package.json'))('playwright-core')

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https://cdn.discordapp.com " +
  "https://media.discordapp.net; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const page =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harness</title>' +
  '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/harness.css">' +
  '<script type="module" src="/harness.js"></script></head><body></body></html>'
const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

export async function openHarness() {
  const out = await mkdtemp(join(tmpdir(), 'dashboard-harness-'))
  await build({
    absWorkingDir: join(here, '..'), entryPoints: ['harness/harness.tsx'], bundle: true, splitting: true, format: 'esm', minify: true,
    target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact', outdir: out, logLevel: 'warning',
  })
  const server = createServer(async (request, response) => {
    const name = new URL(request.url, 'http://localhost').pathname.slice(1)
    try {
      const body = name === '' ? page : await readFile(join(out, name))
      response.writeHead(200, { 'Content-Type': types[name.split('.').at(-1)] ?? 'text/html', 'Content-Security-Policy': policy })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  const url = `http://127.0.0.1:${server.address().port}/`
  return {
    browser,
    /** Opens a page; what it complains about is collected in `complaints`. */
    async open(query, { width = 1280, height = 900 } = {}) {
      const opened = await browser.newPage({ viewport: { width, height } })
      opened.complaints = []
      opened.on('pageerror', (error) => opened.complaints.push(String(error)))
      opened.on('console', (message) => {
        const text = message.text()
        if (message.type() === 'error' && !text.includes('net::ERR')) opened.complaints.push(text)
      })
      // Discord's pictures are not there for tests.
      await opened.route(/discord/, (route) => route.abort())
      await opened.goto(`${url}?${query}`)
      await opened.waitForSelector('.harness')
      return opened
    },
    async close() {
      await browser.close()
      server.close()
      await rm(out, { recursive: true, force: true })
    },
  }
}
