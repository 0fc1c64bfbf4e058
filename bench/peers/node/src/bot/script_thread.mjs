import { Worker } from 'node:worker_threads'

const file = new URL('./script_worker.mjs', import.meta.url)
const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

const isMethod = (name) => name.startsWith('is')

/** What a thread can be told of `interaction`: its data, the answers of what asks for its kind, names of its calls. */
function describe(interaction) {
  const names = Object.keys(interaction).filter((name) => typeof interaction[name] === 'function')
  return {
    data: plain(interaction),
    kinds: Object.fromEntries(names.filter(isMethod).map((name) => [name, interaction[name]()])),
    calls: names.filter((name) => !isMethod(name)),
  }
}

const reason = ({ name, message, code, stack }) => ({ name, message, code, stack })

/** Does what a script calls, and tells its thread what came of it. */
async function answer(worker, interaction, { id, method, options }) {
  const state = () => ({ replied: interaction.replied, deferred: interaction.deferred })
  try {
    const value = plain(await interaction[method](options))
    worker.postMessage({ id, value, ...state() })
  } catch (error) {
    worker.postMessage({ id, error: reason(error), ...state() })
  }
}

/**
 * Runs a script in a fresh thread, with a heap and a loop of its own, which end with it. `console` stays silent. Rejects
 * as runScript does.
 */
export function runInThread(text, { interaction, args }, { cpuMs, wallMs }) {
  const workerData = { text, interaction: describe(interaction), args: plain(args), cpuMs, wallMs }
  const worker = new Worker(file, { workerData, env: {}, resourceLimits: { maxOldGenerationSizeMb: 64 } })
  return new Promise((resolve, reject) => {
    const end = (error) => {
      clearTimeout(timer)
      worker.terminate()
      if (error) reject(Object.assign(new Error(error.message), error))
      else resolve()
    }
    const timer = setTimeout(() => end({ code: 'WALL', message: 'The time is over.' }), wallMs)
    worker.on('error', (error) => end(reason(error)))
    worker.on('message', (message) => {
      if (message.ended) end(message.error)
      else answer(worker, interaction, message)
    })
  })
}
