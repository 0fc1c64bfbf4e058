// Completion in scripts: members of what an expression is, discord.js's names with their `require`, snippets.
import {
  snippetCompletion, type Completion, type CompletionContext, type CompletionResult, type CompletionSource,
} from '@codemirror/autocomplete'
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import type { SyntaxNode } from '@lezer/common'
import { builtIns, discordJs, globals, memberOf, membersOf, type Member } from './script_api'
import type { Key } from '../i18n'

const word = /[\w$]*$/
/** How long a keystroke may wait for the script to be parsed. */
const maxParseMs = 40

function option(member: Member): Completion {
  return { label: member.name, detail: member.call, type: member.kind, boost: member.call ? 2 : 1 }
}

function ownMembers(name: string): Completion[] {
  const object = (globalThis as Record<string, unknown>)[name]
  if (object === null || (typeof object !== 'object' && typeof object !== 'function')) return []
  return Object.getOwnPropertyNames(object)
    .filter((key) => /^[a-z]/i.test(key) && !['length', 'name', 'prototype'].includes(key))
    .map((label) => {
      const value = Object.getOwnPropertyDescriptor(object, label)?.value as unknown
      return { label, type: typeof value === 'function' ? 'method' : 'property' }
    })
}

/** Where a name is declared before `before`: the node of its name. */
function declarationOf(state: EditorState, name: string, before: number): SyntaxNode | null {
  let found: SyntaxNode | null = null
  const tree = ensureSyntaxTree(state, before, maxParseMs) ?? syntaxTree(state)
  tree.iterate({
    to: before,
    enter: (node) => {
      if (node.name === 'VariableDefinition' && node.to <= before && state.sliceDoc(node.from, node.to) === name) found = node.node
    },
  })
  return found
}

/** What an expression is, by a type's name in `script_api`; empty if it is not known. */
function typeOf(state: EditorState, node: SyntaxNode | null, depth = 0): string {
  if (!node || depth > 12) return ''
  const text = (of: SyntaxNode) => state.sliceDoc(of.from, of.to)
  switch (node.name) {
    case 'VariableName': return typeOfName(state, text(node), node.from, depth)
    case 'String':
    case 'TemplateString': return 'string'
    case 'ArrayExpression': return 'array'
    case 'AwaitExpression':
    case 'ParenthesizedExpression': {
      const inner = node.lastChild?.name === ')' ? node.lastChild.prevSibling : node.lastChild
      return typeOf(state, inner, depth + 1)
    }
    case 'NewExpression': {
      const made = node.getChild('VariableName')
      return made && memberOf('discord.js', text(made))?.kind === 'class' ? text(made) : ''
    }
    case 'MemberExpression': {
      const property = node.getChild('PropertyName')
      return property ? (memberOf(typeOf(state, node.firstChild, depth + 1), text(property))?.type ?? '') : ''
    }
    case 'CallExpression': {
      const callee = node.firstChild
      if (callee && text(callee) === 'require' && /discord(\.js|js\/)/.test(text(node))) return 'discord.js'
      return typeOf(state, callee, depth + 1)
    }
  }
  return ''
}

function typeOfName(state: EditorState, name: string, before: number, depth: number): string {
  const declared = declarationOf(state, name, before)
  if (!declared) return (globals.find((member) => member.name === name) ?? memberOf('discord.js', name))?.type ?? ''
  // const name = value
  const direct = declared.parent
  if (direct?.name === 'VariableDeclaration') return typeOf(state, valueAfter(declared), depth + 1)
  // const { member: name } = value
  const pattern = direct?.name === 'PatternProperty' ? direct.parent : null
  if (!direct || pattern?.name !== 'ObjectPattern' || pattern.parent?.name !== 'VariableDeclaration') return ''
  const property = direct.getChild('PropertyName')
  const member = property ? state.sliceDoc(property.from, property.to) : name
  return memberOf(typeOf(state, valueAfter(pattern), depth + 1), member)?.type ?? ''
}

function valueAfter(node: SyntaxNode): SyntaxNode | null {
  const equals = node.nextSibling
  return equals?.name === 'Equals' ? equals.nextSibling : null
}

const noCompletion = ['String', 'TemplateString', 'LineComment', 'BlockComment', 'RegExp']

export function scriptCompletion(snippetText: (key: Key) => string): CompletionSource {
  const snippets = snippetOptions(snippetText)
  return (context) => {
    const tree = ensureSyntaxTree(context.state, context.pos, maxParseMs) ?? syntaxTree(context.state)
    const node = tree.resolveInner(context.pos, -1)
    if (noCompletion.includes(node.name)) return null
    const from = context.matchBefore(word)?.from ?? context.pos
    if (/\.\s*$/.test(context.state.sliceDoc(Math.max(0, from - 20), from))) return afterDot(context, node, from)
    return inRequire(context, node, from) ?? names(context, snippets, from)
  }
}

function afterDot(context: CompletionContext, node: SyntaxNode, from: number): CompletionResult | null {
  let member: SyntaxNode | null = node
  while (member && member.name !== 'MemberExpression') member = member.parent
  const object = member?.firstChild
  if (!object || object.to > from) return null
  const name = context.state.sliceDoc(object.from, object.to)
  const options = builtIns.includes(name) ? ownMembers(name) : membersOf(typeOf(context.state, object)).map(option)
  return options.length > 0 ? { from, options, validFor: /^[\w$]*$/ } : null
}

/** `const { | } = require('discord.js')` */
function inRequire(context: CompletionContext, node: SyntaxNode, from: number): CompletionResult | null {
  let pattern: SyntaxNode | null = node
  while (pattern && pattern.name !== 'ObjectPattern') pattern = pattern.parent
  if (!pattern) return null
  const type = typeOf(context.state, valueAfter(pattern))
  if (type === '') return null
  return { from, options: membersOf(type).map(option), validFor: /^[\w$]*$/ }
}

function names(context: CompletionContext, snippets: Completion[], from: number): CompletionResult | null {
  if (from === context.pos && !context.explicit) return null
  const options = [
    ...snippets,
    ...globals.map((member) => ({ ...option(member), boost: 3 })),
    ...builtIns.map((label) => ({ label, type: 'class' })),
    ...discordJs.map((member) => ({ ...option(member), apply: applyWithRequire, boost: 0 })),
  ]
  return { from, options, validFor: /^[\w$]*$/ }
}

const required = /const\s*\{([^}]*)\}\s*=\s*require\(\s*(['"])discord\.js\2\s*\)/

/** Inserts a name of discord.js, and asks for it at the top of the script if that has not been done. */
function applyWithRequire(view: EditorView, completion: Completion, from: number, to: number): void {
  const text = view.state.doc.toString()
  const found = required.exec(text)
  const isThere = found ? new RegExp(`\\b${completion.label}\\b`).test(found[1] ?? '') : declarationOf(view.state, completion.label, from) !== null
  const changes = [{ from, to, insert: completion.label }]
  if (!isThere && found) {
    const inside = found[1] ?? ''
    const at = found.index + found[0].indexOf('{') + 1 + inside.trimEnd().length
    const comma = inside.trim() === '' || inside.trimEnd().endsWith(',') ? ' ' : ', '
    changes.unshift({ from: at, to: at, insert: comma + completion.label + (inside === '' ? ' ' : '') })
  } else if (!isThere) {
    changes.unshift({ from: 0, to: 0, insert: `const { ${completion.label} } = require('discord.js')\n\n` })
  }
  const change = view.state.changes(changes)
  view.dispatch({ changes: change, selection: { anchor: change.mapPos(to, 1) }, userEvent: 'input.complete' })
}

/** `${…}` are the places to fill in. */
const snippets: [label: string, key: Key, template: string][] = [
  ['reply', 'editor.snippet.reply', "await interaction.reply(`${Hello} $\\{interaction.user\\}`)"],
  ['reply private', 'editor.snippet.private', "await interaction.reply({ content: '${Only you see this.}', flags: 'Ephemeral' })"],
  ['reply embed', 'editor.snippet.embed', "await interaction.reply({\n  embeds: [{ title: '${title}', description: '${text}', color: 0x5865f2 }],\n})"],
  ['update', 'editor.snippet.update', "await interaction.update({ content: '${text}', components: [] })"],
  ['defer', 'editor.snippet.defer', "await interaction.deferReply({ flags: 'Ephemeral' })\n${}\nawait interaction.editReply('${Done.}')"],
  ['if button', 'editor.snippet.button', "if (interaction.customId === '${button}') {\n  ${}\n}"],
  ['switch', 'editor.snippet.switch', "switch (interaction.customId) {\n  case '${yes}':\n    ${}\n    break\n  case '${no}':\n    break\n}"],
  ['menu', 'editor.snippet.menu', "if (interaction.isStringSelectMenu()) {\n  const [${choice}] = interaction.values\n  ${}\n}"],
  ['row of buttons', 'editor.snippet.row', "const row = {\n  type: 1,\n  components: [{ type: 2, style: 1, label: '${label}', customId: '${id}' }],\n}"],
  ['permission', 'editor.snippet.permission', "if (!interaction.member.permissions.has('${ManageMessages}')) {\n  await interaction.reply({ content: '${You may not do this.}', flags: 'Ephemeral' })\n  return\n}"],
  ['try', 'editor.snippet.try', 'try {\n  ${}\n} catch (error) {\n  console.warn(error.name, error.message)\n}'],
  ['wait', 'editor.snippet.wait', 'await new Promise((resolve) => setTimeout(resolve, ${milliseconds}))'],
]

const snippetOptions = (textOf: (key: Key) => string) =>
  snippets.map(([label, key, template]) => snippetCompletion(template, { label, detail: textOf(key), type: 'text', boost: 4 }))
