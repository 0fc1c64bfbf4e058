import { DataTypes } from 'sequelize'
import { snowflake, timestamps } from './columns.mjs'
import { commandJson } from './command.mjs'

export function defineGuild(sequelize) {
  const columns = {
    id: snowflake(),
    name: { type: DataTypes.STRING(200), allowNull: false },
    icon: DataTypes.STRING(100),
    prefix: { type: DataTypes.STRING(40), allowNull: false, defaultValue: '!' },
    language: { type: DataTypes.STRING(64), allowNull: false, defaultValue: 'en' },
    leftAt: DataTypes.DATE(3),
    ...timestamps(),
  }
  return sequelize.define('Guild', columns, { tableName: 'guilds' })
}

export const guildJson = (guild) => ({
  id: String(guild.id),
  name: guild.name,
  icon: guild.icon,
  prefix: guild.prefix,
  language: guild.language,
  createdAt: guild.createdAt,
  updatedAt: guild.updatedAt,
  commands: guild.commands.map(commandJson),
})
