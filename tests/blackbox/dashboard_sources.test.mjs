// The dashboard's sources: types as the API has them, complete texts, small files, and templates that work.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { startGuildhall } from '../harness/guildhall.mjs'
import { freshDirectory, root } from '../harness/paths.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'
import { loadTemplates } from '../harness/web.mjs'

const run = promisify(execFile)
const web = join(root, 'web')
const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)

test('the types are those of /docs/openapi.json', async () => {
  const { generateTypes } = await import(join(web, 'generate-types.mjs'))
  const document = (await hall.get('/docs/openapi.json')).body
  const committed = await readFile(join(web, 'src/api/schema.ts'), 'utf8')
  assert.ok(committed === generateTypes(document), 'run: curl -s …/docs/openapi.json | node web/generate-types.mjs - > web/src/api/schema.ts')
})

test('tsc finds nothing, and the unit tests pass', async () => {
  await run(process.execPath, [join(web, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', web])
  await run(process.execPath, [join(web, 'test.mjs')])
})

test('each language has all texts with the same parameters', async () => {
  const folder = join(web, 'src/i18n')
  const english = JSON.parse(await readFile(join(folder, 'en.json'), 'utf8'))
  const parameters = (text) => [...new Set(JSON.stringify(text).match(/(?<!\$)\{\w+\}/g))].sort()
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json'))) {
    const texts = JSON.parse(await readFile(join(folder, file), 'utf8'))
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), file)
    for (const [key, text] of Object.entries(english)) {
      assert.deepEqual(parameters(texts[key]), parameters(text), `${file}: ${key}`)
    }
  }
})

test('what a first visit loads is at most 60 KB', async (t) => {
  const out = join(await freshDirectory(t), 'dist')
  await run(process.execPath, [join(web, 'build.mjs'), '--out', out])
  const page = await readFile(join(out, 'index.html'), 'utf8')
  let bytes = gzipSync(page).length
  for (const [, file] of page.matchAll(/"\/assets\/([^"]+)"/g)) bytes += gzipSync(await readFile(join(out, file))).length
  t.diagnostic(`${bytes} bytes`)
  assert.ok(bytes <= 60 * 1024, `${bytes} bytes`)
})

test('each template is accepted in each language, and each of its components is answered', async () => {
  await hall.scriptsReady()
  const token = await hall.login(sim, people.ada)
  const api = `/api/guilds/${guilds.workshop}/commands`
  const templates = await loadTemplates()
  assert.ok(templates.length >= 12)
  for (const template of templates) {
    for (const language of ['en', 'de']) {
      const made = await hall.post(api, { token, body: template.command(language) })
      assert.equal(made.status, 201, `${template.id}: ${made.text}`)
      const parts = (made.body.response.components ?? []).flatMap(({ components }) => components)
      for (const { custom_id: customId, type, options } of parts.filter(({ custom_id }) => custom_id)) {
        const interaction = { customId, componentType: type, ...(options && { values: [options[0].value] }) }
        const { body, text } = await hall.post(`${api}/${made.body.id}/test`, { token, body: { interaction } })
        assert.equal(body.ending, 'completed', `${template.id} ${language} ${customId}: ${text}`)
        assert.equal(body.calls.length, 1, `${template.id} ${language} ${customId}: ${text}`)
      }
      await hall.delete(`${api}/${made.body.id}`, { token })
    }
  }
})
