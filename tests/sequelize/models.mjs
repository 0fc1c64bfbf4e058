// A bot's database as Sequelize creates it for a Node.js developer, with typical data: emoji, 64-bit ids, NULLs, orphans,
// and rows that guildhall would refuse.
//
// sqlite.sql is the output of `npm i --no-save sqlite3 && node models.mjs new.db && sqlite3 new.db .dump`, so that the
// tests need no compiled package.
import { fileURLToPath } from 'node:url'
import { DataTypes, Sequelize } from 'sequelize'

function defineModels(sequelize) {
  const id = { type: DataTypes.BIGINT.UNSIGNED, primaryKey: true }
  const User = sequelize.define(
    'User',
    {
      id: { type: DataTypes.STRING(32), primaryKey: true },
      username: { type: DataTypes.STRING, allowNull: false },
      globalName: DataTypes.STRING,
      avatar: DataTypes.STRING,
      email: DataTypes.STRING,
      refreshToken: DataTypes.STRING,
      accessToken: { type: DataTypes.STRING, allowNull: false, defaultValue: '' },
      locale: DataTypes.STRING,
    },
    { tableName: 'users' },
  )
  const Role = sequelize.define('Role', { name: { type: DataTypes.ENUM('user', 'admin') } }, { tableName: 'roles' })
  const UserRole = sequelize.define('UserRole', {}, { tableName: 'user_roles' })
  const Guild = sequelize.define(
    'Guild',
    {
      id,
      name: DataTypes.STRING,
      icon: DataTypes.STRING,
      prefix: { type: DataTypes.STRING, defaultValue: '!' },
      language: { type: DataTypes.STRING, defaultValue: 'en' },
    },
    { tableName: 'guilds' },
  )
  const Command = sequelize.define(
    'Command',
    { trigger: DataTypes.STRING, response: DataTypes.JSON, interaction: DataTypes.TEXT },
    { tableName: 'commands' },
  )
  const Log = sequelize.define(
    'Log',
    { level: DataTypes.STRING, message: DataTypes.TEXT, stack: DataTypes.TEXT, date: DataTypes.DATE(3) },
    { tableName: 'logs', timestamps: false },
  )
  User.belongsToMany(Role, { through: UserRole })
  Role.belongsToMany(User, { through: UserRole })
  Guild.hasMany(Command, { foreignKey: 'guildId', constraints: false })
  Command.belongsTo(Guild, { foreignKey: { name: 'guildId', type: DataTypes.BIGINT.UNSIGNED }, constraints: false })
  return { User, Role, UserRole, Guild, Command, Log }
}

/** Creates the tables and fills them with the people and guilds of the simulator. */
export async function fill(sequelize) {
  const { User, Role, UserRole, Guild, Command, Log } = defineModels(sequelize)
  await sequelize.sync()
  const at = { createdAt: new Date('2024-01-31T12:34:56Z'), updatedAt: new Date('2024-02-01T00:00:00Z') }
  const silent = { silent: true }
  await User.bulkCreate([
    { id: '2000000000000000001', username: 'ada', globalName: 'Ada 🦊', refreshToken: 'plain-refresh', accessToken: 'plain-access', locale: 'en-GB', ...at },
    { id: '2000000000000000002', username: 'grace', avatar: `https://cdn.discordapp.com/avatars/2/a_${'1'.repeat(32)}.png`, ...at },
    { id: 'not-a-snowflake', username: 'imported', ...at },
  ], silent)
  await Role.bulkCreate([{ id: 1, name: 'user', ...at }, { id: 2, name: 'admin', ...at }], silent)
  await UserRole.bulkCreate([
    { UserId: '2000000000000000001', RoleId: 1 },
    { UserId: '2000000000000000001', RoleId: 2 },
    { UserId: '2000000000000000002', RoleId: 1 },
    { UserId: 'not-a-snowflake', RoleId: 1 },
  ])
  await Guild.bulkCreate([
    { id: '3000000000000000001', name: 'Workshop 🔧', icon: 'b'.repeat(32), prefix: '?', language: 'en_GB', ...at },
    { id: '3000000000000000002', name: 'Harbour', prefix: null, language: null, ...at },
    { id: '9223372036854775807', name: 'Left long ago', prefix: 'far too long a prefix', ...at },
  ], silent)
  const guildId = '3000000000000000001'
  const content = (text) => ({ content: text, embeds: [], components: [] })
  await Command.bulkCreate([
    { id: 11, guildId, trigger: 'hello👋', response: content('Hello 🎉 ${1}'), ...at },
    { id: 12, guildId, trigger: 'Hello👋', response: content('case matters'), interaction: "interaction.reply('hi')", ...at },
    { id: 13, guildId, trigger: 'hello👋', response: content('a second one'), ...at },
    { id: 14, guildId, trigger: 'x'.repeat(65), response: content('its trigger is too long'), ...at },
    { id: 15, guildId, trigger: 'nothing', response: null, ...at },
    { id: 16, guildId: '4000000000000000000', trigger: 'orphan', response: content('no guild'), ...at },
    { id: 17, guildId: null, trigger: 'nowhere', response: content('no guild at all'), ...at },
    { id: 18, guildId, trigger: 'twice', response: JSON.stringify(content('encoded twice')), ...at },
    { id: 19, guildId, trigger: 'tts', response: { ...content('spoken'), tts: true }, ...at },
    { id: 20, guildId: '9223372036854775807', trigger: 'big', response: content('of a large id'), ...at },
    { id: 21, guildId, trigger: '?prefixed', response: content('never matched'), ...at },
  ], silent)
  await Log.bulkCreate([
    { level: 'ERROR', message: 'It broke 💥', stack: 'Error: It broke\n    at bot.js:1:1', date: new Date('2026-01-30T12:34:56.001Z') },
    { level: 'silly', message: 'of little interest', date: new Date('2026-01-30T12:34:56.002Z') },
    { level: 'info', message: null, date: new Date('2026-01-30T12:34:56.003Z') },
    { level: 'info', message: 'when?', date: null },
    { level: 'warn', message: 'in another age', date: new Date('2021-05-04T03:02:01.678Z') },
  ])
}

const define = { underscored: true }

export async function makeOnMariaDb({ port, user, password, database }) {
  const options = { dialect: 'mariadb', host: '127.0.0.1', port, logging: false, define: { ...define, charset: 'utf8mb4' } }
  const sequelize = new Sequelize(database, user, password, options)
  await fill(sequelize)
  await sequelize.close()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sequelize = new Sequelize({ dialect: 'sqlite', storage: process.argv[2], logging: false, define })
  await fill(sequelize)
  await sequelize.close()
}
