import { Router } from 'express'
import { unauthenticated } from '../errors.mjs'
import { authenticate } from '../middleware/session.mjs'
import { userJson } from '../models/user.mjs'
import { manageable } from '../rights.mjs'

export function userRoutes({ database: { User, Role, Guild }, rights, tokens }) {
  const withRoles = {
    attributes: { exclude: ['refreshToken'] },
    include: { model: Role, as: 'roles', through: { attributes: [] } },
  }

  async function showMe(request, response) {
    const user = await User.findByPk(request.session.id, withRoles)
    if (!user) throw unauthenticated()
    response.json(userJson(user))
  }

  async function listGuilds(request, response) {
    const guilds = await rights.guildsOf(request.session)
    const rows = await Guild.findAll({ where: { id: guilds.map(({ id }) => id), leftAt: null }, raw: true })
    const known = new Map(rows.map((row) => [String(row.id), row]))
    response.json(
      guilds.map((guild) => {
        const { id, name, icon, owner, permissions } = guild
        const row = known.get(id)
        return {
          ...{ id, name, icon, owner, permissions: String(permissions) },
          manageable: manageable(guild),
          botInGuild: row !== undefined,
          ...(row && { prefix: row.prefix, language: row.language }),
        }
      }),
    )
  }

  const router = Router()
  router.use(authenticate(tokens))
  router.get('/me', showMe)
  router.get('/me/guilds', listGuilds)
  return router
}
