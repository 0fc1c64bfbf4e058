// discord.js's formatters: functions that return Discord's Markdown (discord.js guide: popular topics, Formatters). A
// script uses them as it would its own code, so these use built-in objects as the script has left them.
(function (shared) {
  'use strict'
  const f = {}
  shared.formatters = f

  const wrappers = {
    inlineCode: '`', italic: '_', bold: '**', underline: '__', underscore: '__', strikethrough: '~~', spoiler: '||',
  } // prettier-ignore
  for (const [name, mark] of Object.entries(wrappers)) f[name] = { [name]: (content) => `${mark}${content}${mark}` }[name]

  Object.assign(f, {
    codeBlock: (language, content) =>
      content === undefined ? `\`\`\`\n${language}\n\`\`\`` : `\`\`\`${language}\n${content}\n\`\`\``,
    quote: (content) => `> ${content}`,
    blockQuote: (content) => `>>> ${content}`,
    subtext: (content) => `-# ${content}`,
    heading: (content, level = 1) => `${level === 3 ? '###' : level === 2 ? '##' : '#'} ${content}`,
    unorderedList: (list) => listed(list),
    orderedList: (list, startNumber = 1) => listed(list, Math.max(startNumber, 1)),
    hideLinkEmbed: (url) => `<${url}>`,
    hyperlink: (content, url, title) => (title ? `[${content}](${url} "${title}")` : `[${content}](${url})`),
    userMention: (id) => `<@${id}>`,
    channelMention: (id) => `<#${id}>`,
    roleMention: (id) => `<@&${id}>`,
    linkedRoleMention: (id) => `<id:linked-roles:${id}>`,
    /** The last argument is the command's id, those before are names. */
    chatInputApplicationCommandMention: (...parts) => {
      const given = parts.filter((part) => part !== undefined)
      return `</${given.slice(0, -1).join(' ')}:${given.at(-1)}>`
    },
    formatEmoji: (emoji, animated = false) => {
      const options = typeof emoji === 'string' ? { id: emoji, animated } : emoji
      return `<${options.animated ? 'a' : ''}:${options.name ?? 'emoji'}:${options.id}>`
    },
    channelLink: (channelId, guildId) => `https://discord.com/channels/${guildId ?? '@me'}/${channelId}`,
    messageLink: (channelId, messageId, guildId) => `${f.channelLink(channelId, guildId)}/${messageId}`,
    applicationDirectory: (applicationId, skuId) =>
      `https://discord.com/application-directory/${applicationId}/store${skuId ? `/${skuId}` : ''}`,
    time: (moment, style) => {
      const seconds = typeof moment === 'number' ? moment : Math.floor((moment?.getTime() ?? Date.now()) / 1000)
      return `<t:${seconds}${typeof style === 'string' ? `:${style}` : ''}>`
    },
    email: (address, headers) => {
      return `<${address}${headers ? `?${queryOf(headers)}` : ''}>`
    },
    phoneNumber: (number) => {
      if (!number.startsWith('+')) throw new Error('Phone number must start with a "+" sign.')
      return `<${number}>`
    },
  })

  function listed(element, startNumber, depth = 0) {
    if (Array.isArray(element)) return element.map((each) => listed(each, startNumber, depth + 1)).join('\n')
    return `${'  '.repeat(depth - 1)}${startNumber ? `${startNumber}.` : '-'} ${element}`
  }

  /** As URLSearchParams writes a record. */
  function queryOf(record) {
    const percent = (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`
    const encode = (text) => encodeURIComponent(text).replace(/%20/g, '+').replace(/[!'()~]/g, percent)
    return Object.entries(record)
      .map(([name, value]) => `${encode(name.toLowerCase())}=${encode(String(value))}`)
      .join('&')
  }

  /** Numbers the matches of `***` and `___`, of which every second one closes. */
  function alternately(text, pattern, replace) {
    let count = 0
    return text.replaceAll(pattern, (_, more) => replace(more, () => ++count % 2 === 1))
  }

  Object.assign(f, {
    escapeCodeBlock: (text) => text.replaceAll('```', '\\`\\`\\`'),
    escapeInlineCode: (text) =>
      text.replaceAll(/(?<=^|[^`])``?(?=[^`]|$)/g, (match) => (match.length === 2 ? '\\`\\`' : '\\`')),
    escapeItalic: (text) => {
      const star = alternately(
        text,
        /(?<=^|[^*])(?<!(?<!<)https?:\/\/\S*|<[^\s:]+:\/[^\s>]*)\*([^*]|\*\*|$)/g,
        (more, opens) => (more === '**' ? (opens() ? `\\*${more}` : `${more}\\*`) : `\\*${more}`),
      )
      return alternately(
        star,
        /(?<=^|[^_])(?<!<a?:.+|(?<!<)https?:\/\/\S*|<[^\s:]:\/[^\s>]*)_(?!:\d+>)([^_]|__|$)/g,
        (more, opens) => (more === '__' ? (opens() ? `\\_${more}` : `${more}\\_`) : `\\_${more}`),
      )
    },
    escapeBold: (text) =>
      alternately(text, /\*\*(\*)?/g, (more, opens) => (more ? (opens() ? `${more}\\*\\*` : `\\*\\*${more}`) : '\\*\\*')),
    escapeUnderline: (text) =>
      alternately(text, /(?<!<a?:.+|https?:\/\/\S+)__(_)?(?!:\d+>)/g, (more, opens) =>
        more ? (opens() ? `${more}\\_\\_` : `\\_\\_${more}`) : '\\_\\_',
      ),
    escapeStrikethrough: (text) => text.replaceAll('~~', '\\~\\~'),
    escapeSpoiler: (text) => text.replaceAll('||', '\\|\\|'),
    escapeEscape: (text) => text.replaceAll('\\', '\\\\'),
    escapeHeading: (text) => text.replaceAll(/^( {0,2})([*-] )?( *)(#{1,3} )/gm, '$1$2$3\\$4'),
    escapeBulletedList: (text) => text.replaceAll(/^( *)([*-])( +)/gm, '$1\\$2$3'),
    escapeNumberedList: (text) => text.replaceAll(/^( *\d+)\./gm, '$1\\.'),
    escapeMaskedLink: (text) => text.replaceAll(/\[.+]\(.+\)/gm, '\\$&'),
  })

  /** In the order in which they are applied; true: unless an option of that name is false. */
  const escapes = {
    escape: true, inlineCode: true, codeBlock: true, italic: true, bold: true, underline: true, strikethrough: true,
    spoiler: true, heading: false, bulletedList: false, numberedList: false, maskedLink: false,
  } // prettier-ignore

  f.escapeMarkdown = function escapeMarkdown(text, options = {}) {
    const wanted = (name) => options[name] ?? escapes[name]
    const { codeBlockContent = true, inlineCodeContent = true } = options
    if (!codeBlockContent) {
      const parts = text.split('```').map((part, i, all) =>
        i % 2 && i !== all.length - 1 ? part : escapeMarkdown(part, { ...options, codeBlock: true, codeBlockContent: true }),
      )
      return parts.join(wanted('codeBlock') ? '\\`\\`\\`' : '```')
    }
    if (!inlineCodeContent) {
      const parts = text.split(/(?<=^|[^`])`(?=[^`]|$)/g).map((part, i, all) =>
        i % 2 && i !== all.length - 1 ? part : escapeMarkdown(part, { ...options, inlineCode: true, inlineCodeContent: true }),
      )
      return parts.join(wanted('inlineCode') ? '\\`' : '`')
    }
    return Object.keys(escapes)
      .filter(wanted)
      .reduce((escaped, name) => f[`escape${name[0].toUpperCase()}${name.slice(1)}`](escaped), text)
  }

})
