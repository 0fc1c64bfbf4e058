export { MessageEditor, type MessageEditorProps, type PreviewSettings } from './MessageEditor'
export { ScriptEditor, type ScriptEditorProps } from './ScriptEditor'
export { TryIt, type TryItProps } from './TryIt'
