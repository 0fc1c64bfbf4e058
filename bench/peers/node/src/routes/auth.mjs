import express, { Router } from 'express'
import { randomBytes } from 'node:crypto'
import { adminRole } from '../database.mjs'
import { invalid } from '../errors.mjs'
import { allowOnly } from '../middleware/allow_only.mjs'
import { jsonBody } from '../middleware/json_body.mjs'
import { parseTokenRequest } from '../validation/inputs.mjs'

const longestSession = 30 * 24 * 60 * 60
const form = express.urlencoded({ extended: false })

export function authRoutes({ config, database: { User, Role }, oauth, rights, tokens }) {
  async function save(profile, refreshToken) {
    const { id, username, global_name: globalName = null, avatar = null, email = null } = profile
    await User.upsert({ id, username, globalName, avatar, email, refreshToken: await tokens.encrypt(refreshToken) })
    if (config.adminUserIds.includes(id)) {
      const role = await Role.findOne({ where: { name: adminRole } })
      await User.build({ id }, { isNewRecord: false }).addRole(role)
    }
    rights.forget(id)
  }

  function issue({ id }, grant) {
    const { access_token, refresh_token, token_type, scope, expires_in } = grant
    const iat = Math.floor(Date.now() / 1000)
    const exp = iat + Math.min(expires_in, longestSession)
    const [jti, sid] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
    return tokens.issue({ id, access_token, refresh_token, token_type, scope, iat, exp, jti, sid })
  }

  const body = (request, ...rest) => (request.is('urlencoded') ? form : jsonBody)(request, ...rest)

  async function exchange(request, response) {
    const { code, redirectUri } = parseTokenRequest(request.body)
    const { redirectUris } = config.discord
    if (redirectUris.length > 0 && !redirectUris.includes(redirectUri)) {
      throw invalid('/redirect_uri', 'This redirect URI is not one of DISCORD_REDIRECT_URIS.')
    }
    const grant = await oauth.exchange(code, redirectUri)
    const profile = await oauth.user(grant.access_token)
    await save(profile, grant.refresh_token)
    response.json({ token: await issue(profile, grant) })
  }

  const router = Router()
  router.route('/token').post(body, exchange).all(allowOnly('POST'))
  return router
}
