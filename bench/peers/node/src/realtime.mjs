import { Server } from 'socket.io'
import { logJson } from './models/log.mjs'
import { manageable } from './rights.mjs'

const adminRoom = 'admin'
const guildRoom = (id) => `guild:${id}`
/** How often it is looked who may still see what. */
const checkInterval = 15_000
const history = 50

/** Events of a guild itself, whose id is the guild's. */
const ofGuildItself = new Set(['GUILD_CREATE', 'GUILD_UPDATE', 'GUILD_DELETE'])

/** A token that an event brings is for the bot alone. */
function publicData(name, data) {
  if (name !== 'INTERACTION_CREATE' && name !== 'VOICE_SERVER_UPDATE') return data
  const { token, ...rest } = data
  return rest
}

/** Shows dashboards what the bot sees and what is logged. */
export class Realtime {
  #services
  #io

  constructor(http, services) {
    this.#services = services
    this.#io = new Server(http)
    this.#io.engine.on('connection', (socket) => {
      // As its documentation advises for memory: nothing here reads it after the handshake.
      socket.request = null
    })
    this.#io.use((socket, next) => this.#admit(socket, next))
    this.#io.on('connection', (socket) => this.#welcome(socket))
    const { bot, rows } = services
    bot.on('ready', (readiness) => this.#io.emit('ready', readiness))
    bot.on('dispatch', (event) => this.#tell(event))
    rows.on('row', (row) => {
      if (this.#hears(adminRoom)) this.#io.to(adminRoom).emit('log', logJson(row))
    })
    this.checks = setInterval(() => this.#checkAll(), checkInterval)
  }

  #hears(room) {
    return this.#io.sockets.adapter.rooms.has(room)
  }

  #tell({ name, shard, data }) {
    const guildId = ofGuildItself.has(name) ? data.id : data.guild_id
    const rooms = [adminRoom, guildRoom(guildId)].filter((room) => this.#hears(room))
    if (rooms.length === 0) return
    const event = { name, shard, guildId: guildId ?? null, data: publicData(name, data) }
    this.#io.to(rooms).emit('event', event)
  }

  async #admit(socket, next) {
    const { auth, headers } = socket.handshake
    const token = auth.token ?? /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
    socket.data.session = typeof token === 'string' ? await this.#services.tokens.read(token) : undefined
    next(socket.data.session ? undefined : new Error('unauthorized'))
  }

  #welcome(socket) {
    const { readiness } = this.#services.bot
    if (readiness) socket.emit('ready', readiness)
    this.#check(socket)
  }

  async #roomsOf(session) {
    const { book, rights } = this.#services
    if (await rights.isAdmin(session.id)) return [adminRoom]
    const guilds = await rights.guildsOf(session)
    return guilds.filter((guild) => manageable(guild) && book.has(guild.id)).map(({ id }) => guildRoom(id))
  }

  async #check(socket) {
    const { session } = socket.data
    if (session.exp <= Date.now() / 1000) return void socket.disconnect(true)
    try {
      const rooms = new Set(await this.#roomsOf(session))
      if (!socket.connected) return
      for (const room of socket.rooms) if (room !== socket.id && !rooms.has(room)) socket.leave(room)
      const isNew = rooms.has(adminRoom) && !socket.rooms.has(adminRoom)
      if (isNew) await this.#showHistory(socket)
      socket.join([...rooms])
    } catch ({ message: reason }) {
      this.#services.logger.warn("A viewer's rights could not be found out", { source: 'socket', reason })
    }
  }

  async #showHistory(socket) {
    const { Log } = this.#services.database
    const rows = await Log.findAll({ order: [['id', 'DESC']], limit: history, raw: true })
    for (const row of rows.reverse()) socket.emit('log', logJson(row))
  }

  #checkAll() {
    for (const socket of this.#io.sockets.sockets.values()) this.#check(socket)
  }

  close() {
    clearInterval(this.checks)
    return this.#io.close()
  }
}
