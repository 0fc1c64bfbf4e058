// What a script finds (docs/scripts.md, src/vm/guest/prelude), for completion. A type is a list of members: `name`,
// `name:type`, or `name(arguments):type of what it returns`. Promises are written as what they become.

const types: Record<string, string> = {
  globals: `interaction:interaction args:array console:console require(name) setTimeout(callback,delay) setInterval(callback,delay)
    clearTimeout(id) clearInterval(id) queueMicrotask(callback) structuredClone(value)`,
  interaction: `customId:string values:array user:user member:member guild:guild channel:channel message:message guildId:string
    channelId:string id:string locale:string guildLocale:string createdTimestamp createdAt component:component componentType
    isButton() isStringSelectMenu() isUserSelectMenu() isRoleSelectMenu() isMentionableSelectMenu() isChannelSelectMenu()
    isAnySelectMenu() replied deferred ephemeral users:collection members:collection roles:collection channels:collection
    reply(message):response update(message):response deferReply(options):response deferUpdate(options):response
    editReply(message):message followUp(message):message deleteReply(message) fetchReply(message):message
    memberPermissions:permissions appPermissions:permissions inGuild() client:client`,
  client: 'user:user',
  response: 'fetch():message edit(message):message delete()',
  user: `id:string username:string globalName:string displayName:string tag:string bot avatar:string discriminator:string
    displayAvatarURL(options):string avatarURL(options):string defaultAvatarURL:string createdTimestamp createdAt equals(user)
    toString():string`,
  member: `id:string user:user displayName:string nickname:string guild:guild roles:memberRoles permissions:permissions joinedAt
    joinedTimestamp premiumSince premiumSinceTimestamp displayAvatarURL(options):string avatarURL(options):string displayColor
    displayHexColor:string pending communicationDisabledUntil isCommunicationDisabled() equals(member) toString():string`,
  memberRoles: 'cache:collection highest:role color:role hoist:role resolve(role):role resolveId(role):string',
  guild: `id:string name:string icon:string iconURL(options):string memberCount ownerId:string roles:guildRoles
    preferredLocale:string features:array nameAcronym:string verified partnered createdTimestamp createdAt`,
  guildRoles: 'cache:collection everyone:role highest:role resolve(role):role resolveId(role):string comparePositions(a,b)',
  role: `id:string name:string color hexColor:string colors position rawPosition hoist managed mentionable permissions:permissions
    guild:guild comparePositionTo(role) equals(role) toString():string createdTimestamp createdAt`,
  channel: `id:string name:string type topic:string nsfw parentId:string url:string guild:guild guildId:string rateLimitPerUser
    isThread() isTextBased() isVoiceBased() isSendable() isThreadOnly() toString():string createdTimestamp createdAt`,
  message: `id:string content:string embeds:array components:array author:user channel:channel channelId:string guild:guild
    guildId:string createdTimestamp createdAt editedTimestamp editedAt flags pinned tts type url:string reference
    cleanContent:string edit(message):message delete()`,
  component: 'id type customId:string label:string style emoji url:string disabled options:array placeholder:string minValues maxValues',
  permissions: 'has(permission) any(permission) missing(permissions):array equals(permissions) toArray():array serialize() bitfield',
  collection: `size get(key) has(key) find(callback) filter(callback):collection map(callback):array some(callback) every(callback)
    first() last() at(index) random() sort(compare):collection reduce(callback,initial) each(callback):collection
    forEach(callback) keys() values() entries() partition(callback) findKey(callback) clone():collection toJSON():array`,
  console: 'log(...values) info(...values) warn(...values) error(...values) debug(...values) dir(value) trace(...values) assert(condition,...values)',
  array: `length at(index) concat(...items):array entries() every(callback) filter(callback):array find(callback) findIndex(callback)
    findLast(callback) flat(depth):array flatMap(callback):array forEach(callback) includes(item) indexOf(item) join(separator):string
    keys() map(callback):array pop() push(...items) reduce(callback,initial) reverse():array shift() slice(start,end):array
    some(callback) sort(compare):array splice(start,count,...items):array toSorted(compare):array unshift(...items) values()`,
  string: `length at(index):string charAt(index):string concat(...texts):string endsWith(text) includes(text) indexOf(text) match(pattern):array
    matchAll(pattern) normalize(form):string padEnd(length,text):string padStart(length,text):string repeat(count):string
    replace(pattern,text):string replaceAll(pattern,text):string search(pattern) slice(start,end):string split(separator):array
    startsWith(text) substring(start,end):string toLowerCase():string toUpperCase():string trim():string trimEnd():string trimStart():string`,
}

/** Built-in objects of JavaScript, whose members the engine of this page knows as well as the scripts'. */
export const builtIns = 'Math JSON Object Array String Number Boolean Date Map Set RegExp Promise Intl Symbol BigInt Error'.split(' ')

const id = 'setId(id) clearId() toJSON()'
const select = `setPlaceholder(text) setMinValues(count) setMaxValues(count) setCustomId(id) setDisabled(disabled) setRequired(required) ${id}`

/** Builders; what a method returns is the builder, so that calls can follow one another. */
const builders: Record<string, string> = {
  EmbedBuilder: `setTitle(text) setDescription(text) setColor(color) setURL(url) setAuthor(author) setFooter(footer) setImage(url)
    setThumbnail(url) setTimestamp(time) addFields(...fields) setFields(...fields) spliceFields(index,count,...fields) toJSON()`,
  ActionRowBuilder: `addComponents(...components) setComponents(...components) ${id}`,
  ButtonBuilder: `setLabel(text) setStyle(style) setCustomId(id) setEmoji(emoji) setURL(url) setDisabled(disabled) setSKUId(id) ${id}`,
  StringSelectMenuBuilder: `addOptions(...options) setOptions(...options) spliceOptions(index,count,...options) ${select}`,
  StringSelectMenuOptionBuilder: 'setLabel(text) setValue(value) setDescription(text) setEmoji(emoji) setDefault(isDefault) toJSON()',
  UserSelectMenuBuilder: `addDefaultUsers(...ids) setDefaultUsers(...ids) ${select}`,
  RoleSelectMenuBuilder: `addDefaultRoles(...ids) setDefaultRoles(...ids) ${select}`,
  MentionableSelectMenuBuilder: `addDefaultRoles(...ids) addDefaultUsers(...ids) addDefaultValues(...values) setDefaultValues(...values) ${select}`,
  ChannelSelectMenuBuilder: `addChannelTypes(...types) setChannelTypes(...types) addDefaultChannels(...ids) setDefaultChannels(...ids) ${select}`,
}

const enums: Record<string, string> = {
  ButtonStyle: 'Primary Secondary Success Danger Link Premium',
  MessageFlags: 'Ephemeral SuppressEmbeds SuppressNotifications IsComponentsV2',
  ComponentType: 'ActionRow Button StringSelect UserSelect RoleSelect MentionableSelect ChannelSelect',
  ChannelType: 'GuildText GuildVoice GuildCategory GuildAnnouncement GuildStageVoice GuildForum PublicThread PrivateThread',
  Colors: `Default White Aqua Green Blue Yellow Purple LuminousVividPink Fuchsia Gold Orange Red Grey Navy DarkAqua DarkGreen DarkBlue
    DarkPurple DarkVividPink DarkGold DarkOrange DarkRed DarkGrey LightGrey DarkNavy Blurple Greyple DarkButNotBlack NotQuiteBlack`,
  TimestampStyles: 'ShortTime LongTime ShortDate LongDate ShortDateTime LongDateTime RelativeTime',
  PermissionFlagsBits: `Administrator ManageGuild ManageRoles ManageChannels ManageMessages ManageWebhooks ManageThreads
    ManageNicknames ManageEvents ManageGuildExpressions KickMembers BanMembers ModerateMembers MentionEveryone ViewAuditLog
    ViewChannel SendMessages EmbedLinks AttachFiles AddReactions ReadMessageHistory UseExternalEmojis Connect Speak MuteMembers
    MoveMembers`,
}

const formatters = `bold(text) italic(text) underline(text) strikethrough(text) spoiler(text) quote(text) blockQuote(text) inlineCode(text)
  codeBlock(language,text) heading(text,level) subtext(text) orderedList(items) unorderedList(items) hyperlink(text,url)
  hideLinkEmbed(url) time(moment,style) userMention(id) roleMention(id) channelMention(id) formatEmoji(id,animated)
  escapeMarkdown(text) channelLink(channelId,guildId) messageLink(channelId,messageId,guildId) resolveColor(color) embedLength(embed)`

export interface Member {
  name: string
  /** What it is, or what it returns. */
  type: string
  /** `(message)`; nothing for what is not called. */
  call: string
  kind: 'property' | 'method' | 'class' | 'function' | 'enum'
}

function read(text: string, kind?: Member['kind'], returns = ''): Member[] {
  return text.trim().split(/\s+/).map((word) => {
    const [, name = '', call = '', type = ''] = /^([\w$]+)(\([^)]*\))?(?::(\w+))?$/.exec(word) ?? []
    return { name, call: call.replaceAll(',', ', '), type: type || returns, kind: kind ?? (call ? 'method' : 'property') }
  })
}

const members = new Map<string, Member[]>()
for (const [name, text] of Object.entries(types)) members.set(name, read(text))
for (const [name, text] of Object.entries(builders)) members.set(name, read(text, undefined, name))
for (const [name, text] of Object.entries(enums)) members.set(`enum ${name}`, read(text))

/** What `require('discord.js')` has. */
export const discordJs: Member[] = [
  ...Object.keys(builders).map((name): Member => ({ name, call: '', type: name, kind: 'class' })),
  ...Object.keys(enums).map((name): Member => ({ name, call: '', type: `enum ${name}`, kind: 'enum' })),
  ...read(formatters, 'function', 'string'),
]
members.set('discord.js', discordJs)

export const membersOf = (type: string): Member[] => members.get(type) ?? []
export const memberOf = (type: string, name: string): Member | undefined => membersOf(type).find((member) => member.name === name)
export const globals = membersOf('globals')
export const typeNames = [...members.keys()]
