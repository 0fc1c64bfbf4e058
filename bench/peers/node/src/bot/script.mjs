import vm from 'node:vm'

/** A command's script, which may `await`; throws SyntaxError. */
export const compile = (text) => new vm.Script(`(async () => {${text}\n})()`, { filename: 'script' })

/** Rejects after `ms`. */
function timeLimit(ms) {
  let timer
  const over = new Promise((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('The time is over.'), { code: 'WALL' })), ms)
  })
  return { over, end: () => clearTimeout(timer) }
}

/** Runs a script in a context of its own, with `globals` beside what JavaScript has. */
export async function runScript(script, globals, { cpuMs, wallMs }) {
  const context = vm.createContext({ ...globals, setTimeout, clearTimeout, structuredClone })
  const limit = timeLimit(wallMs)
  try {
    await Promise.race([script.runInContext(context, { timeout: cpuMs }), limit.over])
  } finally {
    limit.end()
  }
}

/** What is told to the person whose click ran a script that ended badly. */
export function failureWords(error) {
  if (error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return 'took more processor time than allowed'
  if (error.code === 'WALL') return 'took longer than allowed'
  if (error.code === 'CALLS') return 'answered more often than allowed'
  const line = /\bscript:(\d+)/.exec(error.stack ?? '')?.[1]
  return `ended with an error: \`${error.name ?? 'Error'}\`${line ? ` in line ${line}` : ''}`
}
