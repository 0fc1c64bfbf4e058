import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { CompletionContext } from '@codemirror/autocomplete'
import { javascriptLanguage } from '@codemirror/lang-javascript'
import { ensureSyntaxTree } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { scriptCompletion } from './completion'
import { membersOf, typeNames } from './script_api'

/** What is offered where `|` is. */
function offered(text) {
  const pos = text.indexOf('|')
  const state = EditorState.create({ doc: text.replace('|', ''), extensions: [javascriptLanguage] })
  ensureSyntaxTree(state, state.doc.length, 10_000)
  const result = scriptCompletion((key) => key)(new CompletionContext(state, pos, true))
  return result ? result.options.map(({ label }) => label) : []
}

const offers = (text, ...names) => {
  const found = offered(text)
  for (const name of names) assert.ok(found.includes(name), `${name} in ${text}: ${found.join(' ')}`)
}

test('offers members of what an expression is', () => {
  offers('interaction.|', 'reply', 'customId', 'member')
  offers('interaction.member.roles.cache.|', 'has', 'filter')
  offers('const { user: who, guild } = interaction\nwho.|', 'displayName')
  offers('const { user: who, guild } = interaction\nguild.roles.|', 'cache', 'everyone')
  offers('const answer = await interaction.editReply("a")\nanswer.|', 'edit')
  offers("new EmbedBuilder().setTitle('a').|", 'setDescription')
  offers("const { ButtonBuilder: Button } = require('discord.js')\nconst row = new ActionRowBuilder()\nrow.|", 'addComponents')
  offers("const discord = require('discord.js')\ndiscord.|", 'EmbedBuilder', 'time')
  offers("const { | } = require('discord.js')", 'ButtonStyle', 'bold')
  offers('ButtonStyle.|', 'Primary')
  offers('Math.|', 'floor')
  offers('args.|', 'join')
  offers('`${interaction.user.|}`', 'displayName')
})

test('offers names and snippets, and nothing in texts', () => {
  offers('inter|', 'interaction', 'EmbedBuilder', 'reply')
  assert.deepEqual(offered("'inter|'"), [])
  assert.deepEqual(offered('// inter|'), [])
  assert.ok(!offered('nobody.|').includes('interaction'))
})

test('does not hang on names that are made of themselves', () => {
  assert.doesNotThrow(() => offered('const a = b\nconst b = a\na.|'))
  assert.doesNotThrow(() => offered(`${'('.repeat(2000)}a.|`))
})

/** Names of a program, also those that it makes of others: `custom_id` is `customId`, `Values` is `addValues`. */
async function namesOfPrelude() {
  const folder = join(process.cwd(), '../src/vm/guest/prelude')
  const sources = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
  const words = new Set(sources.join('\n').match(/[A-Za-z_$][\w$]*/g))
  for (const word of [...words]) if (word.includes('_')) words.add(word.replace(/_(.)/g, (_, letter) => letter.toUpperCase()))
  return words
}

test('offers nothing that scripts do not have', async () => {
  const words = await namesOfPrelude()
  /** Members of JavaScript's own classes, of which these are. */
  const builtIn = { array: Array.prototype, string: String.prototype, collection: Map.prototype }
  for (const type of typeNames) {
    for (const { name } of membersOf(type)) {
      const list = /^(?:set|add)(\w+)$/.exec(name)?.[1] ?? ''
      const isMade = words.has(list) || /^Default(?:Users|Roles|Channels)$/.test(list) || name in Object.prototype || name === 'structuredClone'
      assert.ok(words.has(name) || isMade || (builtIn[type] && name in builtIn[type]), `${type}.${name} is not in the prelude`)
    }
  }
})
