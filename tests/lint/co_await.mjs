// GCC 12 destroys some temporaries twice when the statement that creates them contains co_await: those of aggregate
// initialization, which includes lambdas with captures by value, and an object that is the result of ?:. All others
// are safe, such as results of functions, T(x) and implicit conversions. This check does not know types, so it refuses
// all braces, all captures by value, and ?: except of plain values. It cannot see an aggregate in parentheses, Agg(a, b).
import { files, textOf } from './tree.mjs'

const control = /\b(?:if|while|switch|for)\s*(?:constexpr\s*)?$/
const blockBefore = /(?:[;{}):]|\b(?:else|do|try|const|mutable|noexcept|override)|->\s*[\w:<>,*&\s]+)$/
const plainValue = /^(?:-?\d[\w.']*|nullptr|true|false|&.*)$/s

/** The text with comments and the insides of literals blanked out, so that positions stay. */
function blank(text) {
  const hide = (match) => match.replace(/[^\n]/g, ' ')
  const literal = /\/\/[^\n]*|\/\*[^]*?\*\/|R"(\w*)\([^]*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'/g
  // Attributes are no captures.
  text = text.replace(/\[\[\w+\]\]/g, hide)
  return text.replace(literal, (match) => (match[0] === '/' ? hide(match) : `"${hide(match.slice(2))}"`))
}

/** The closing bracket of the one at `from`. */
function closing(code, from) {
  let depth = 0
  for (let i = from; i < code.length; i++) {
    if ('([{'.includes(code[i])) depth++
    if (')]}'.includes(code[i]) && --depth === 0) return i
  }
  return code.length
}

/** Begin and end of the full expression around the co_await at `at`. */
function expressionAround(code, at) {
  let begin = at
  let depth = 0
  let open = 0 // brackets around the co_await
  let isControl = false
  for (; begin > 0; begin--) {
    const c = code[begin - 1]
    if (c === '}' && depth === 0 && !/^\s*(?:[,.)\]?:=<>+|]|&&)/.test(code.slice(begin, begin + 200))) break
    if (')]}'.includes(c)) depth++
    if (c === ';' && depth === 0) break
    if ('([{'.includes(c) && depth-- === 0) {
      depth = 0
      const before = code.slice(0, begin - 1).trimEnd()
      if (c === '{' && blockBefore.test(before.slice(-100))) break
      isControl = c === '(' && control.test(before.slice(-20))
      if (isControl) break
      open++
    }
  }
  let end = at
  for (depth = open; end < code.length; end++) {
    if ('([{'.includes(code[end])) depth++
    if (')]}'.includes(code[end]) && --depth < 0) break
    if (code[end] === ';' && depth <= open) break
  }
  return [begin, end]
}

/** The expression without the bodies of its lambdas, and what their captures are. */
function takeLambdas(expression) {
  const captures = []
  let rest = expression
  for (let i = 0; i < rest.length; i++) {
    if (rest[i] !== '[' || /(?:[\w)\]]|auto\s*&{0,2})\s*$/.test(rest.slice(0, i))) continue
    const end = closing(rest, i)
    captures.push(...rest.slice(i + 1, end).split(',').map((capture) => capture.trim()))
    const body = rest.indexOf('{', end)
    if (body < 0) break
    rest = rest.slice(0, i) + rest.slice(closing(rest, body) + 1)
  }
  return [rest, captures]
}

function* conditionals(expression) {
  for (let i = expression.indexOf('?'); i >= 0; i = expression.indexOf('?', i + 1)) {
    const parts = ['']
    let depth = 0
    for (let k = i + 1; k < expression.length && parts.length < 3 && depth >= 0; k++) {
      const c = expression[k]
      if ('([{'.includes(c)) depth++
      if (')]}'.includes(c)) depth--
      const colon = c === ':' && expression[k + 1] !== ':' && expression[k - 1] !== ':'
      if (depth === 0 && ((colon && parts.length === 1) || (c === ',' && parts.length === 2))) parts.push('')
      else if (depth >= 0) parts[parts.length - 1] += c
    }
    yield parts.slice(0, 2).map((part) => part.trim())
  }
}

function* faultsIn(code, at) {
  const [expression, captures] = takeLambdas(code.slice(...expressionAround(code, at)))
  if (captures.some((capture) => capture !== '' && capture !== 'this' && !capture.startsWith('&'))) {
    yield 'a lambda with a capture by value'
  }
  if (/[{}]/.test(expression)) yield 'braces'
  for (const branches of conditionals(expression)) {
    if (!branches.some((branch) => plainValue.test(branch))) yield '?: of what may be an object'
  }
}

let failures = 0
const report = (file, code, index, fault) => {
  console.log(`${file}:${code.slice(0, index).split('\n').length}: ${fault}`)
  failures++
}

for (const file of files) {
  const code = blank(textOf(file))
  for (const { index } of code.matchAll(/\bco_await\b/g)) {
    for (const fault of new Set(faultsIn(code, index))) {
      report(file, code, index, `${fault} in a statement with co_await, which GCC 12 may destroy twice; name it before`)
    }
  }
  for (const { index } of code.matchAll(/static_cast<void>\(\s*co_await\b/g)) {
    report(file, code, index, 'static_cast<void>(co_await ...) of an object, for which GCC 12 makes a trap; leave the cast out')
  }
  // What has constructors may be in braces.
  for (const { index, 0: head } of code.matchAll(/\bTask<[^;{}()]*>\s+\w+(?=\()/g)) {
    const parameters = code.slice(index + head.length, closing(code, index + head.length))
    for (const [parameter] of parameters.matchAll(/[^,(]*=\s*[\w:<>]*\{/g)) {
      if (!parameter.includes('std::')) report(file, code, index, 'braces in a default argument of a coroutine')
    }
  }
}
process.exitCode = failures === 0 ? 0 : 1
