// CodeMirror for scripts. Its own chunk, loaded when a script is opened.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, completeAnyWord } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascriptLanguage } from '@codemirror/lang-javascript'
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, LanguageSupport, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, placeholder,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { Key } from '../i18n'
import { scriptCompletion } from './completion'

/** `line` and `column` are from 1; a column of 0 is the whole line. */
export interface CodeError {
  message: string
  line: number
  column: number
}

export interface CodeEditor {
  setText(text: string): void
  setDark(dark: boolean): void
  /** Texts of its own in the language of the page. */
  setTexts(t: (key: Key) => string, label: string): void
  setError(error: CodeError | null): void
  focus(): void
  destroy(): void
}

/** CodeMirror's texts, and ours for them. */
const phrases: [string, Key][] = [
  ['Find', 'editor.code.find'], ['Replace', 'editor.code.replace'], ['next', 'editor.code.next'],
  ['previous', 'editor.code.previous'], ['all', 'editor.code.all'], ['match case', 'editor.code.matchCase'],
  ['by word', 'editor.code.byWord'], ['regexp', 'editor.code.regexp'], ['replace', 'editor.code.replaceOne'],
  ['replace all', 'editor.code.replaceAll'], ['close', 'action.close'], ['current match', 'editor.code.currentMatch'],
  ['on line', 'editor.code.onLine'], ['replaced $ matches', 'editor.code.replaced'],
  ['replaced match on line $', 'editor.code.replacedOne'], ['Go to line', 'editor.code.goToLine'], ['go', 'editor.code.go'],
  ['Completions', 'editor.code.completions'], ['Diagnostics', 'editor.code.diagnostics'],
  ['No diagnostics', 'editor.code.noDiagnostics'], ['Selection deleted', 'editor.code.selectionDeleted'],
  ['Control character', 'editor.code.controlCharacter'],
]

/** The colors are the page's, so that they follow its theme. */
const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.self], color: 'var(--code-number)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--code-function)' },
  { tag: [tags.className, tags.typeName, tags.definition(tags.typeName)], color: 'var(--code-class)' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--code-property)' },
  { tag: tags.comment, color: 'var(--text-muted)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--danger-text)' },
])

const look = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--surface)', borderRadius: 'var(--radius)', fontSize: 'var(--text-sm)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', maxHeight: '70vh', minHeight: '240px' },
  '.cm-content': { caretColor: 'var(--text)', padding: 'var(--space-2) 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { color: 'var(--text-muted)', backgroundColor: 'var(--surface)', border: 'none', borderRadius: 'var(--radius) 0 0 var(--radius)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 60%, transparent)' },
  '.cm-activeLineGutter': { color: 'var(--text)', backgroundColor: 'transparent' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--code-selection) !important' },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--warning-soft)' },
  '.cm-searchMatch-selected': { outline: '1px solid var(--warning-text)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--border-strong)' },
  '.cm-tooltip': { color: 'var(--text)', backgroundColor: 'var(--surface)', border: '1px solid var(--border-strong)', borderRadius: 'var(--radius-sm)', boxShadow: 'var(--shadow)', overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '15em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px 3px 4px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--on-accent)', backgroundColor: 'var(--accent)' },
  '.cm-completionDetail': { color: 'var(--text-muted)', fontStyle: 'normal' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--danger)', padding: '6px 10px' },
  '.cm-panels': { color: 'var(--text)', backgroundColor: 'var(--surface-2)', borderColor: 'var(--border)' },
  '.cm-panel.cm-search': { padding: 'var(--space-2)', fontSize: 'var(--text-sm)' },
  '.cm-textfield': { color: 'var(--text)', backgroundColor: 'var(--surface)', border: '1px solid var(--border-strong)', borderRadius: 'var(--radius-sm)' },
  '.cm-button': { color: 'var(--text)', background: 'var(--surface)', border: '1px solid var(--border-strong)', borderRadius: 'var(--radius-sm)' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text-muted)', fontSize: '18px' },
  '.cm-placeholder': { color: 'var(--text-muted)' },
})

/** `parent` is in a shadow root: there its styles need no exception from the page's policy. */
export function createCodeEditor({ parent, root, text, onChange }: {
  parent: Element
  root: ShadowRoot
  text: string
  onChange: (text: string) => void
}): CodeEditor {
  const theme = new Compartment()
  const texts = new Compartment()
  const completion = new Compartment()
  /** The text that is being set from outside. */
  let setting = false
  const view = new EditorView({
    parent,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), lintGutter(), history(), drawSelection(), EditorState.allowMultipleSelections.of(true), indentOnInput(),
        indentUnit.of('  '), bracketMatching(), closeBrackets(), highlightActiveLine(), highlightActiveLineGutter(),
        highlightSelectionMatches(), search({ top: true }), EditorView.lineWrapping,
        new LanguageSupport(javascriptLanguage, [syntaxHighlighting(highlight)]),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
        look, theme.of([]), texts.of([]), completion.of([]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !setting) onChange(update.state.doc.toString())
        }),
      ],
    }),
  })
  const reconfigure = (compartment: Compartment, extension: Extension) => view.dispatch({ effects: compartment.reconfigure(extension) })
  return {
    setText(next) {
      const { doc } = view.state
      if (doc.toString() === next) return
      setting = true
      view.dispatch({ changes: { from: 0, to: doc.length, insert: next } })
      setting = false
    },
    setDark(dark) {
      reconfigure(theme, EditorView.theme({}, { dark }))
    },
    setTexts(t, label) {
      const own = Object.fromEntries(phrases.map(([phrase, key]) => [phrase, t(key)]))
      const attributes = { 'aria-label': label, spellcheck: 'false' }
      reconfigure(texts, [EditorState.phrases.of(own), EditorView.contentAttributes.of(attributes), placeholder(t('editor.code.placeholder'))])
      reconfigure(completion, autocompletion({ override: [scriptCompletion(t), completeAnyWord], icons: true, maxRenderedOptions: 60 }))
    },
    setError(error) {
      view.dispatch(setDiagnostics(view.state, error ? [diagnostic(view.state, error)] : []))
      if (error) view.dispatch({ effects: EditorView.scrollIntoView(diagnostic(view.state, error).from, { y: 'center' }) })
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}

function diagnostic(state: EditorState, { message, line, column }: CodeError) {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines))
  const from = column > 0 ? Math.min(at.from + column - 1, at.to) : at.from + (/^\s*/.exec(at.text)?.[0].length ?? 0)
  const wordLength = column > 0 ? (/^[\w$]+|^./.exec(at.text.slice(from - at.from))?.[0].length ?? 0) : at.to - from
  return { from, to: from + wordLength, severity: 'error' as const, message }
}
