// `require('discord.js')`, and `import … from 'discord.js'` at a script's beginning; the packages that it is made of, and the
// module from which its guide takes a function that waits.
(function (shared) {
  'use strict'
  const p = shared.primordials
  const ProxyClass = Proxy

  const names = {
    __proto__: null,
    ...shared.enums,
    ...shared.formatters,
    ...shared.builders,
    PermissionFlagsBits: shared.PermissionsBitField.Flags,
    PermissionsBitField: shared.PermissionsBitField,
    Collection: shared.collections.Collection,
    DiscordAPIError: shared.errors.DiscordAPIError,
    DiscordjsError: shared.errors.DiscordjsError,
    DiscordjsRangeError: shared.errors.DiscordjsRangeError,
    DiscordjsTypeError: shared.errors.DiscordjsTypeError,
    resolveColor: shared.resolveColor,
    embedLength: (data) => new shared.builders.EmbedBuilder(data).length,
  }
  shared.module = new ProxyClass(names, {
    __proto__: null,
    get(target, key) {
      if (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON') return target[key]
      if (key === 'default') return shared.module
      return shared.unavailable(`discord.js's ${key}`)
    },
  })
  shared.isModuleName = (name) => p.hasOwn(names, name)

  const { setTimeout } = globalThis
  const timers = {
    setTimeout: (delay, value) => new p.Promise((resolve) => setTimeout(resolve, delay, value)),
  }
  const modules = {
    'discord.js': shared.module,
    '@discordjs/builders': shared.module,
    '@discordjs/formatters': shared.module,
    'discord-api-types/v10': shared.module,
    'timers/promises': timers,
    'node:timers/promises': timers,
  }

  p.define(globalThis, 'require', function require(name) {
    if (typeof name === 'string' && p.hasOwn(modules, name)) return modules[name]
    throw new p.Error(`Cannot require '${p.String(name)}': scripts have only 'discord.js'.`)
  })

  const comment = /^(?:\s|;|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?:'use strict'|"use strict"))+/
  const imported = /^import\s+(?:type\s+)?([\w$]+|\*\s*as\s+[\w$]+|\{[^{}]*\})\s*from\s*(['"](?:@?discord[\w.\-/]+|(?:node:)?timers\/promises)['"])/

  /** The script with `require` in place of its first import statements. Lines stay where they are. */
  shared.withoutImports = (script) => {
    let done = ''
    let rest = script
    for (;;) {
      const skipped = p.regExpExec(comment, rest)?.[0] ?? ''
      const found = p.regExpExec(imported, p.stringSlice(rest, skipped.length))
      if (found === null) return done + rest
      const [whole, what, from] = found
      const name = what[0] === '{' ? what.replace(/([\w$]+)\s+as\s+/g, '$1: ') : what.replace(/^\*\s*as\s+/, '')
      const lines = p.stringSplit(whole, '\n').length - p.stringSplit(name, '\n').length
      done += `${skipped}const ${name} = require(${from})${'\n'.repeat(lines)}`
      rest = p.stringSlice(rest, skipped.length + whole.length)
    }
  }
})
