// Every name that a script can reach is used here once. A new one without a test fails.
import assert from 'node:assert/strict'
import test, { describe } from 'node:test'
import { startGuildhall } from '../harness/guildhall.mjs'
import { scriptedGuild } from '../harness/scripts.mjs'
import { guilds, people, startSimulator } from '../harness/simulator.mjs'

const sim = await startSimulator(test)
const hall = await startGuildhall(test, sim)
const guild = await scriptedGuild(hall, sim, guilds.workshop, people.ada)

/** Expressions that are true, by the global that they use. */
const globals = {
  // guildhall's own
  args: "args.join() === 'one,two'",
  clearInterval: 'await new Promise((done) => { const id = setInterval(() => { clearInterval(id); done(true) }, 1) })',
  clearTimeout:
    'await new Promise((done) => { clearTimeout(setTimeout(() => done(false), 1)); setTimeout(() => done(true), 5) })',
  console: "console.log('%s', 1) === undefined",
  interaction: 'interaction.isButton()',
  queueMicrotask: 'await new Promise((done) => queueMicrotask(() => done(true)))',
  require: "require('discord.js').ButtonStyle.Primary === 1",
  setInterval:
    'await new Promise((done) => { let n = 0; const id = setInterval(() => { if (++n === 2) { clearInterval(id); done(true) } }, 1) })',
  setTimeout: "await new Promise((done) => setTimeout(done, 1, 'given')) === 'given'",
  structuredClone: 'structuredClone(new Map([[1, { a: [2] }]])).get(1).a[0] === 2',
  // ECMAScript's
  AggregateError: "new AggregateError([1], 'm').errors[0] === 1",
  Array: 'Array.from({ length: 2 }, (_, i) => i).at(-1) === 1',
  ArrayBuffer: 'new ArrayBuffer(8).slice(2).byteLength === 6',
  AsyncDisposableStack: "typeof new AsyncDisposableStack().use === 'function'",
  Atomics: 'Atomics.add(new Int32Array(1), 0, 5) === 0',
  BigInt: 'BigInt(2) ** 64n === 18446744073709551616n',
  BigInt64Array: 'new BigInt64Array([-1n])[0] === -1n',
  BigUint64Array: 'new BigUint64Array([-1n])[0] === 2n ** 64n - 1n',
  Boolean: "Boolean('') === false",
  DataView: 'new DataView(new ArrayBuffer(4)).getInt32(0) === 0',
  Date: "new Date(0).toISOString() === '1970-01-01T00:00:00.000Z'",
  DisposableStack: "typeof new DisposableStack().use === 'function'",
  Error: "new Error('m', { cause: 1 }).cause === 1",
  EvalError: 'new EvalError() instanceof Error',
  FinalizationRegistry: 'new FinalizationRegistry(() => {}).register({}, 1) === undefined',
  Float16Array: 'new Float16Array([1.5])[0] === 1.5',
  Float32Array: 'new Float32Array([1.5])[0] === 1.5',
  Float64Array: 'new Float64Array([0.1])[0] === 0.1',
  Function: "Function('return 7')() === 7",
  Infinity: '1 / 0 === Infinity',
  Int16Array: 'new Int16Array([65535])[0] === -1',
  Int32Array: 'new Int32Array([2 ** 31])[0] === -(2 ** 31)',
  Int8Array: 'new Int8Array([255])[0] === -1',
  Intl: "new Intl.NumberFormat('de').format(1234.5) === '1.234,5' && new Intl.ListFormat('en').format(['a', 'b']) === 'a and b'",
  Iterator: "typeof Iterator === 'function'",
  JSON: 'JSON.parse(JSON.stringify({ a: [1] })).a[0] === 1',
  Map: 'new Map([[1, 2]]).get(1) === 2',
  Math: 'Math.hypot(3, 4) === 5 && Math.random() < 1',
  NaN: 'Object.is(NaN, 0 / 0)',
  Number: "Number('0x10') === 16",
  Object: 'Object.fromEntries([[1, 2]])[1] === 2',
  Promise: 'await Promise.any([Promise.reject(1), 2]) === 2',
  Proxy: 'new Proxy({}, { get: () => 7 }).x === 7',
  RangeError: "(() => { try { 'x'.repeat(-1) } catch (e) { return e instanceof RangeError } })()",
  ReferenceError: '(() => { try { nothing } catch (e) { return e instanceof ReferenceError } })()',
  Reflect: "Reflect.ownKeys({ a: 1 })[0] === 'a'",
  RegExp: "/(?<year>\\d{4})/u.exec('in 2024').groups.year === '2024'",
  Set: 'new Set([1, 1]).size === 1',
  String: "String.raw`\\n`.length === 2 && 'ß'.localeCompare('t') < 0",
  SuppressedError: 'new SuppressedError(1, 2).error === 1',
  Symbol: "Symbol.for('a') === Symbol.for('a')",
  SyntaxError: "(() => { try { eval('1 +') } catch (e) { return e instanceof SyntaxError } })()",
  Temporal: 'Temporal.Duration.from({ hours: 1 }).hours === 1',
  TypeError: '(() => { try { null.x } catch (e) { return e instanceof TypeError } })()',
  URIError: "(() => { try { decodeURI('%') } catch (e) { return e instanceof URIError } })()",
  Uint16Array: 'new Uint16Array([-1])[0] === 65535',
  Uint32Array: 'new Uint32Array([-1])[0] === 2 ** 32 - 1',
  Uint8Array: 'new Uint8Array([256])[0] === 0',
  Uint8ClampedArray: 'new Uint8ClampedArray([256])[0] === 255',
  WeakMap: '(() => { const key = {}; return new WeakMap([[key, 1]]).get(key) === 1 })()',
  WeakRef: 'new WeakRef(Math).deref() === Math',
  WeakSet: 'new WeakSet([Math]).has(Math)',
  decodeURI: "decodeURI('%C3%A4%2F') === 'ä%2F'",
  decodeURIComponent: "decodeURIComponent('%C3%A4%2F') === 'ä/'",
  encodeURI: "encodeURI('ä/') === '%C3%A4/'",
  encodeURIComponent: "encodeURIComponent('ä/') === '%C3%A4%2F'",
  escape: "escape('ä') === '%E4'",
  eval: "eval('1 + 1') === 2",
  globalThis: 'globalThis.Math === Math',
  isFinite: 'isFinite(1) && !isFinite(1 / 0)',
  isNaN: "isNaN('x')",
  parseFloat: "parseFloat('1.5x') === 1.5",
  parseInt: "parseInt('11', 2) === 3",
  undefined: 'undefined === void 0',
  unescape: "unescape('%E4') === 'ä'",
}

const consoleMethods = {
  assert: "console.assert(false, 'no')",
  debug: "console.debug('d')",
  dir: 'console.dir({ a: 1 })',
  error: "console.error('e')",
  info: "console.info('i')",
  log: "console.log('l')",
  trace: "console.trace('t')",
  warn: "console.warn('w')",
}

async function namesOf(expression) {
  const { console: lines, ending } = await guild.run(`console.log(JSON.stringify(${expression}))`)
  assert.equal(ending, 'completed')
  return JSON.parse(lines[0].text)
}

describe('globals', () => {
  test('each has a test', async () => {
    const names = await namesOf('Object.getOwnPropertyNames(globalThis)')
    assert.deepEqual(
      names.filter((name) => !(name in globals)),
      [],
    )
  })

  test('each works', async () => {
    const there = await namesOf('Object.getOwnPropertyNames(globalThis)')
    const uses = Object.entries(globals).filter(([name]) => there.includes(name))
    for (let i = 0; i < uses.length; i += 15) {
      const lines = uses
        .slice(i, i + 15)
        .map(
          ([name, use]) =>
            `try { if ((${use}) !== true) console.error('${name}') } catch (e) { console.error('${name}', e.message) }`,
        )
      const { ending, error, console } = await guild.run(lines.join('\n'), { args: ['one', 'two'] })
      assert.equal(ending, 'completed', JSON.stringify(error))
      assert.deepEqual(
        console.filter(({ level }) => level === 'error'),
        [],
      )
    }
  })
})

test('each method of console has a test and writes', async () => {
  const names = await namesOf('Object.keys(console)')
  assert.deepEqual(names.sort(), Object.keys(consoleMethods))
  const { console } = await guild.run(Object.values(consoleMethods).join('\n'))
  assert.deepEqual(
    console.map(({ level, text }) => `${level}: ${text}`),
    [
      'error: Assertion failed: no',
      'debug: d',
      'log: { a: 1 }',
      'error: e',
      'info: i',
      'log: l',
      'debug: t',
      'warn: w',
    ],
  )
})
