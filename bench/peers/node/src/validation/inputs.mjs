import { invalid } from '../errors.mjs'
import { compile } from '../bot/script.mjs'
import { parseResponse } from './response.mjs'
import { expectObject, expectOneWord, expectText, isBlank } from './values.mjs'

const atLeastOne = (fields, names) => {
  if (Object.keys(fields).length === 0) throw invalid('', `At least one of ${names.join(', ')} must be given.`)
  return fields
}

function parseInteraction(value) {
  if (isBlank(value)) return null
  expectText(value, '/interaction', { most: 65536 })
  try {
    compile(value)
  } catch (error) {
    throw invalid('/interaction', `This is not valid JavaScript: ${error.message}.`)
  }
  return value
}

const commandFields = ['trigger', 'response', 'interaction']

/** The fields of a new or replaced command. */
export function parseCommand(body) {
  const { trigger, response, interaction } = expectObject(body, commandFields)
  return {
    trigger: expectOneWord(trigger, '/trigger', 64),
    response: parseResponse(response),
    interaction: parseInteraction(interaction),
  }
}

/** Those that are to change. */
export function parseCommandPatch(body) {
  const given = expectObject(body, commandFields)
  return atLeastOne(
    {
      ...('trigger' in given && { trigger: expectOneWord(given.trigger, '/trigger', 64) }),
      ...('response' in given && { response: parseResponse(given.response) }),
      ...('interaction' in given && { interaction: parseInteraction(given.interaction) }),
    },
    commandFields,
  )
}

const isLanguage = (tag) => {
  try {
    return Boolean(new Intl.Locale(tag))
  } catch {
    return false
  }
}

export function parseGuildUpdate(body) {
  const given = expectObject(body, ['prefix', 'language'])
  const update = {}
  if ('prefix' in given) update.prefix = expectOneWord(given.prefix, '/prefix', 10)
  if ('language' in given) {
    update.language = expectText(given.language, '/language', { least: 2, most: 35 })
    if (!isLanguage(given.language)) throw invalid('/language', 'Must be a BCP 47 language tag such as en or pt-BR.')
  }
  return atLeastOne(update, ['prefix', 'language'])
}

export function parseTokenRequest(body) {
  const { code, redirect_uri: redirectUri } = expectObject(body, ['code', 'redirect_uri'])
  return {
    code: expectText(code, '/code', { most: 512 }),
    redirectUri: expectText(redirectUri, '/redirect_uri', { most: 2048 }),
  }
}

const levels = ['error', 'warn', 'info', 'http', 'debug']

function parseNumber(text, field, lowest, highest) {
  const number = Number(text)
  if (!Number.isInteger(number)) throw invalid(field, 'Must be a whole number.')
  if (number < lowest || number > highest) {
    throw invalid(field, `Must be from ${lowest} to ${highest}; this is ${number}.`)
  }
  return number
}

/** What of the logs is wanted; `levels` are those that are as severe as `level` or more. */
export function parseLogQuery({ level, source, before, limit }) {
  if (!isBlank(level) && !levels.includes(level)) {
    throw invalid('/level', `Must be one of ${levels.map((name) => `"${name}"`).join(', ')}.`)
  }
  return {
    levels: isBlank(level) ? undefined : levels.slice(0, levels.indexOf(level) + 1),
    source: isBlank(source) ? undefined : expectText(source, '/source', { most: 64 }),
    before: isBlank(before) ? undefined : parseNumber(before, '/before', 0, Number.MAX_SAFE_INTEGER),
    limit: isBlank(limit) ? 50 : parseNumber(limit, '/limit', 1, 200),
  }
}
