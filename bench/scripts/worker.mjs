// One run of a script in a thread of its own: what it calls is done by the thread that started it.
import vm from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'

const waiting = new Map()
let last = 0

parentPort.on('message', ({ call, error }) => {
  const { resolve, reject } = waiting.get(call)
  if (error) reject(new Error(error))
  else resolve()
})

const interaction = { ...workerData.interaction }
for (const method of ['reply', 'update', 'deferReply', 'deferUpdate', 'editReply', 'followUp']) {
  interaction[method] = (options) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject })
      parentPort.postMessage({ call: last, method, options })
    })
}

const context = vm.createContext({ interaction, args: [], console, setTimeout, clearTimeout })
parentPort.postMessage({ begun: true })
try {
  await vm.runInContext(workerData.script, context)
} finally {
  parentPort.close()
}
