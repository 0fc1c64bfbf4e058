// The peer: guildhall's work with express, sequelize, jose, socket.io, discord.js, node:vm and winston. See README.md.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { makeApp } from './src/app.mjs'
import { Bot } from './src/bot/bot.mjs'
import { readConfig } from './src/config.mjs'
import { Counters } from './src/counters.mjs'
import { openDatabase } from './src/database.mjs'
import { DiscordOAuth } from './src/discord_oauth.mjs'
import { GuildBook } from './src/guild_book.mjs'
import { makeLogger, SequelizeTransport } from './src/logger.mjs'
import { Realtime } from './src/realtime.mjs'
import { Rights } from './src/rights.mjs'
import { Tokens } from './src/token.mjs'

const config = readConfig()
const database = await openDatabase(config.database)
const rows = new SequelizeTransport({ Log: database.Log })
const logger = makeLogger(config.logLevel, [rows])
const book = new GuildBook()
await book.load(database)

const oauth = new DiscordOAuth(config.discord)
const tokens = new Tokens(config.jwtSecret)
const rights = new Rights(database, oauth)
const parts = { config, database, rows, logger, book, oauth, tokens, rights, counters: new Counters() }
const bot = new Bot(parts)
const services = { ...parts, bot }

const http = createServer(makeApp(services))
const realtime = new Realtime(http, services)
http.listen(config.port, config.host)
await once(http, 'listening')
const { port } = http.address()
logger.info('Listening', { source: 'app', url: `http://${config.host}:${port}`, port })

async function stop() {
  await bot.stop()
  await realtime.close()
  http.closeAllConnections()
  await database.sequelize.close()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, stop)

bot.start().catch((error) => {
  logger.error('The bot could not log in', { source: 'bot', reason: error.message })
})
