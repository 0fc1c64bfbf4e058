// Tries the names by which other programs give the world to their scripts.
// expect: completed
const names = `fetch process module exports Buffer global window self document Worker SharedArrayBuffer WebAssembly
  XMLHttpRequest WebSocket importScripts Deno Bun java Packages $vm print printErr load read readFile readline quit gc
  drainMicrotasks runString createGlobalObject navigator performance crypto postMessage open close exit system os std
  scriptArgs WScript ActiveXObject __dirname __filename setImmediate MessageChannel BroadcastChannel localStorage
  SharedWorker webkit Bridge native host`.split(/\s+/)
for (const name of names) {
  if (globalThis[name] !== undefined) throw new Error(`There is a global ${name}`)
  if (eval(`typeof ${name}`) !== 'undefined') throw new Error(`There is a ${name}`)
}
