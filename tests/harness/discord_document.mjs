import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OpenApi } from './openapi.mjs'
import { root } from './paths.mjs'

const file = process.env.DISCORD_OPENAPI ?? join(root, '../shared/discord/openapi.json')

/** Where the document is at odds with what Discord's documentation says and its API does, it is set right. */
function corrected(document) {
  const { schemas } = document.components
  // Reference, "Error Messages": the codes within `errors` are names such as BASE_TYPE_REQUIRED.
  schemas.InnerErrors.properties._errors.items = {
    type: 'object',
    required: ['code', 'message'],
    properties: { code: { type: 'string' }, message: { type: 'string' } },
  }
  // Application Commands: permissions are a bit set in a string, as discord.js sends it too.
  for (const { properties } of Object.values(schemas)) {
    const permissions = properties?.default_member_permissions
    if (permissions?.type?.includes?.('integer')) {
      properties.default_member_permissions = { anyOf: [permissions, { type: 'string', pattern: '^\\d{1,20}$' }] }
    }
  }
  return document
}

/** Discord's own OpenAPI document, or nothing where that is not here. */
export const discordDocument = existsSync(file) && new OpenApi(corrected(JSON.parse(await readFile(file, 'utf8'))))

/** Options of a test that needs the document. */
export const withDocument = { skip: discordDocument ? false : "Discord's OpenAPI document is not here" }

/** The path of a request below Discord's /api and its version. */
export const belowApi = (path) => path.replace(/^\/api(\/v\d+)?(?=\/)/, '')

/**
 * That each request in the simulator's journal is one that Discord's document tells of: method, path, query and JSON
 * body. Fields that it does not know fail too, unless they are `tolerated`, as Discord itself tolerates them. The OAuth2
 * token routes are not in the document. `by` says which requests are meant. Does nothing where the document is not here;
 * returns how many requests were held against it.
 */
export async function requestsFitDiscord(sim, { tolerated = false, by = () => true } = {}) {
  const requests = discordDocument ? (await sim.requests()).filter(by) : []
  const told = requests.filter(({ path }) => !/^\/oauth2\/token\b/.test(belowApi(path)))
  for (const { method, path, headers, body } of told) {
    discordDocument.assertRequest(method, belowApi(path), { headers, body, tolerated })
  }
  return told.length
}
