import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OpenApi } from './openapi.mjs'
import { root } from './paths.mjs'

const file = process.env.DISCORD_OPENAPI ?? join(root, '../shared/discord/openapi.json')

/** Corrects the document where it contradicts Discord's documentation and API. */
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

/** Discord's own OpenAPI document; false if the file is missing. */
export const discordDocument = existsSync(file) && new OpenApi(corrected(JSON.parse(await readFile(file, 'utf8'))))

/** Options of a test that needs the document. */
export const withDocument = { skip: discordDocument ? false : "Discord's OpenAPI document is missing" }

/** The path of a request below Discord's /api and its version. */
export const belowApi = (path) => path.replace(/^\/api(\/v\d+)?(?=\/)/, '')

/**
 * Asserts that each request in the simulator's journal matches Discord's document: method, path, query and JSON body.
 * Unknown fields fail too, unless they are `tolerated`, as Discord itself tolerates them. The OAuth2 token routes are not
 * in the document. `by` selects the requests. Does nothing if the document is missing; returns the number of requests
 * checked.
 */
export async function requestsFitDiscord(sim, { tolerated = false, by = () => true } = {}) {
  const requests = discordDocument ? (await sim.requests()).filter(by) : []
  const told = requests.filter(({ path }) => !/^\/oauth2\/token\b/.test(belowApi(path)))
  for (const { method, path, headers, body } of told) {
    discordDocument.assertRequest(method, belowApi(path), { headers, body, tolerated })
  }
  return told.length
}
