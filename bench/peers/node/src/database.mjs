import { Sequelize } from 'sequelize'
import { defineCommand } from './models/command.mjs'
import { defineGuild } from './models/guild.mjs'
import { defineLog } from './models/log.mjs'
import { defineRole } from './models/role.mjs'
import { defineUser } from './models/user.mjs'

export const adminRole = 'ADMIN'

/** Connects to MariaDB and makes the tables that are missing; the models, and `sequelize` itself. */
export async function openDatabase({ host, port, user, password, name }) {
  const sequelize = new Sequelize(name, user, password, {
    dialect: 'mariadb',
    host,
    port,
    logging: false,
    pool: { max: 10, min: 2 },
    define: { underscored: true, charset: 'utf8mb4', collate: 'utf8mb4_bin' },
  })
  const User = defineUser(sequelize)
  const Role = defineRole(sequelize)
  const Guild = defineGuild(sequelize)
  const Command = defineCommand(sequelize)
  const Log = defineLog(sequelize)
  const through = { through: 'user_roles', timestamps: false }
  User.belongsToMany(Role, { ...through, as: 'roles', foreignKey: 'userId' })
  Role.belongsToMany(User, { ...through, as: 'users', foreignKey: 'roleId' })
  const inGuild = { foreignKey: { name: 'guildId', allowNull: false }, onDelete: 'CASCADE' }
  Guild.hasMany(Command, { ...inGuild, as: 'commands' })
  Command.belongsTo(Guild, { ...inGuild, as: 'guild' })

  await sequelize.sync()
  await Role.findOrCreate({ where: { name: adminRole } })
  return { sequelize, User, Role, Guild, Command, Log }
}
