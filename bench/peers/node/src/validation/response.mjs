import { invalid } from '../errors.mjs'
import { expectList, expectObject, expectText, isBlank, isObject } from './values.mjs'

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
const embedTexts = [
  ['title', (embed) => embed.title, 256],
  ['description', (embed) => embed.description, 4096],
  ['footer/text', (embed) => embed.footer?.text, 2048],
  ['author/name', (embed) => embed.author?.name, 256],
]
const allEmbeds = 6000
const button = 2
const linkStyle = 5

function checkTexts(texts, of, at) {
  let length = 0
  for (const [name, read, most] of texts) {
    const value = read(of)
    if (isBlank(value)) continue
    length += expectText(value, `${at}/${name}`, { most }).length
  }
  return length
}

function checkEmbed(embed, at) {
  if (!isObject(embed)) throw invalid(at, 'Must be an object.')
  const fields = isBlank(embed.fields) ? [] : expectList(embed.fields, `${at}/fields`, 25)
  return fields.reduce((length, field, i) => {
    const here = `${at}/fields/${i}`
    const name = expectText(field?.name, `${here}/name`, { most: 256 })
    return length + name.length + expectText(field?.value, `${here}/value`, { most: 1024 }).length
  }, checkTexts(embedTexts, embed, at))
}

function checkComponent(component, at, ids) {
  if (!isObject(component)) throw invalid(at, 'Must be an object.')
  if (component.type === undefined) throw invalid(`${at}/type`, 'This field is required.')
  if (component.type === button) {
    if (component.style === undefined) throw invalid(`${at}/style`, 'This field is required.')
    if (!isBlank(component.label)) expectText(component.label, `${at}/label`, { most: 80 })
    if (component.style === linkStyle) return void expectText(component.url, `${at}/url`, { most: 512 })
  }
  const id = expectText(component.custom_id, `${at}/custom_id`, { most: 100 })
  if (ids.has(id)) throw invalid(`${at}/custom_id`, 'Another component has this custom_id.')
  ids.add(id)
}

function checkRows(rows) {
  const ids = new Set()
  rows.forEach((row, i) => {
    const at = `/response/components/${i}`
    if (row?.type !== 1) throw invalid(`${at}/type`, 'Must be 1.')
    const components = expectList(row.components, `${at}/components`, 5)
    components.forEach((component, j) => checkComponent(component, `${at}/components/${j}`, ids))
  })
}

/** A command's response in its normal form, if Discord would take it. */
export function parseResponse(value) {
  if (value === undefined) throw invalid('/response', 'This field is required.')
  const names = ['content', 'embeds', 'components', 'onlyCaller', 'expiresAfter']
  const { content, embeds, components, ...rest } = expectObject(value, names, '/response')
  const response = {
    content: isBlank(content) ? null : expectText(content, '/response/content', { most: 2000 }),
    embeds: isBlank(embeds) ? [] : expectList(embeds, '/response/embeds', 10),
    components: isBlank(components) ? [] : expectList(components, '/response/components', 5),
    ...rest,
  }
  const length = response.embeds.reduce((sum, embed, i) => sum + checkEmbed(embed, `/response/embeds/${i}`), 0)
  if (length > allEmbeds) {
    throw invalid('/response/embeds', `Must be at most ${allEmbeds} characters in all embeds together.`)
  }
  checkRows(response.components)
  if (response.content === null && response.embeds.length === 0 && response.components.length === 0) {
    throw invalid('/response', 'A response needs content, an embed or a component.')
  }
  return response
}
