// The thread of one script.
import { parentPort, workerData } from 'node:worker_threads'
import { compile, runScript } from './script.mjs'

const { text, args, cpuMs, wallMs } = workerData
const { data, kinds, calls } = workerData.interaction
const waiting = new Map()
let made = 0

parentPort.on('message', ({ id, value, error, ...state }) => {
  Object.assign(interaction, state)
  const { resolve, reject } = waiting.get(id)
  waiting.delete(id)
  if (error) reject(Object.assign(new Error(error.message), error))
  else resolve(value)
})

const call = (method) => (options) =>
  new Promise((resolve, reject) => {
    waiting.set(++made, { resolve, reject })
    parentPort.postMessage({ id: made, method, options })
  })

const interaction = {
  ...data,
  ...Object.fromEntries(Object.entries(kinds).map(([name, answer]) => [name, () => answer])),
  ...Object.fromEntries(calls.map((method) => [method, call(method)])),
}
const silent = () => {}
const console = { log: silent, info: silent, warn: silent, error: silent, debug: silent }

try {
  await runScript(compile(text), { interaction, args, console }, { cpuMs, wallMs })
  parentPort.postMessage({ ended: true })
} catch ({ name, message, code, stack }) {
  parentPort.postMessage({ ended: true, error: { name, message, code, stack } })
}
