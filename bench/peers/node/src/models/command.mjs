import { DataTypes } from 'sequelize'
import { serial, timestamps } from './columns.mjs'

export function defineCommand(sequelize) {
  const columns = {
    id: serial(),
    guildId: { type: DataTypes.BIGINT.UNSIGNED, allowNull: false },
    trigger: { type: DataTypes.STRING(64), allowNull: false },
    response: { type: DataTypes.JSON, allowNull: false },
    interaction: DataTypes.TEXT('medium'),
    ...timestamps(),
  }
  const indexes = [{ unique: true, fields: ['guild_id', 'trigger'] }]
  return sequelize.define('Command', columns, { tableName: 'commands', indexes })
}

export const commandJson = (command) => ({
  id: String(command.id),
  guildId: String(command.guildId),
  trigger: command.trigger,
  response: command.response,
  interaction: command.interaction,
  createdAt: command.createdAt,
  updatedAt: command.updatedAt,
})
