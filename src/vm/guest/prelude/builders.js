// discord.js's builders of embeds and components (discord.js guide: popular topics, Embeds; interactive components). What
// they return is checked where it is sent. Like the formatters, they use built-in objects as the script has left them.
(function (shared) {
  'use strict'
  const { ComponentType, ButtonStyle, SelectMenuDefaultValueType } = shared.enums
  const { toSnakeCase, resolveColor } = shared

  /** Lists may be given as one array or as several arguments. */
  const listOf = (given) => (Array.isArray(given[0]) ? [...given[0]] : given)
  const isEncodable = (value) => typeof value?.toJSON === 'function'
  const plain = (value) => (isEncodable(value) ? value.toJSON() : value)

  /** An emoji, a custom emoji's `<a:name:id>`, or its id. */
  function resolveEmoji(emoji) {
    if (!emoji || typeof emoji !== 'string') return emoji
    if (/^\d{17,20}$/.test(emoji)) return { id: emoji }
    const text = emoji.includes('%') ? decodeURIComponent(emoji) : emoji
    if (!text.includes(':')) return { animated: false, name: text, id: undefined }
    const [, animated, name, id] = /<?(?:(a):)?(\w{2,32}):(\d{17,20})?>?/.exec(text) ?? []
    return name === undefined ? null : { animated: Boolean(animated), name, id }
  }

  class Builder {
    constructor(data) {
      this.data = data
    }

    static from(other) {
      return new this(plain(other))
    }

    toJSON() {
      return { ...this.data }
    }
  }

  class ComponentBuilder extends Builder {
    setId(id) {
      this.data.id = id
      return this
    }

    clearId() {
      return this.setId(undefined)
    }
  }

  /** Adds `setLabel(value)` for the member `label` and so on. A list has the default of the argument as well. */
  function addSetters(Class, members) {
    for (const [name, member] of Object.entries(members)) {
      const [key, byDefault] = Array.isArray(member) ? member : [member]
      const set = function (value = byDefault) {
        this.data[key] = value
        return this
      }
      define(Class, name, set)
    }
  }

  function addClearers(Class, members) {
    for (const [name, key] of Object.entries(members)) {
      define(Class, name, function () {
        this.data[key] = undefined
        return this
      })
    }
  }

  function define(Class, name, method) {
    Object.defineProperty(method, 'name', { value: name })
    Object.defineProperty(Class.prototype, name, { value: method, writable: true, configurable: true })
  }

  /** A builder as it is, what a function makes of a new one, or one from plain data. */
  function resolve(Class, given) {
    if (given instanceof Class) return given
    return typeof given === 'function' ? given(new Class()) : Class.from(given)
  }

  class EmbedBuilder extends Builder {
    constructor(data = {}) {
      super({ ...toSnakeCase(plain(data)) })
      if (this.data.timestamp) this.data.timestamp = new Date(this.data.timestamp).toISOString()
    }

    get length() {
      const { title, description, fields = [], footer, author } = this.data
      const texts = [title, description, footer?.text, author?.name, ...fields.flatMap(({ name, value }) => [name, value])]
      return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0)
    }

    addFields(...fields) {
      this.data.fields = [...(this.data.fields ?? []), ...listOf(fields)]
      return this
    }

    spliceFields(index, deleteCount, ...fields) {
      this.data.fields ??= []
      this.data.fields.splice(index, deleteCount, ...fields)
      return this
    }

    setFields(...fields) {
      this.data.fields = listOf(fields)
      return this
    }

    setAuthor(options) {
      this.data.author = options === null ? undefined : { name: options.name, url: options.url, icon_url: options.iconURL }
      return this
    }

    setFooter(options) {
      this.data.footer = options === null ? undefined : { text: options.text, icon_url: options.iconURL }
      return this
    }

    setColor(color) {
      this.data.color = color === null ? undefined : resolveColor(color)
      return this
    }

    setImage(url) {
      this.data.image = url ? { url } : undefined
      return this
    }

    setThumbnail(url) {
      this.data.thumbnail = url ? { url } : undefined
      return this
    }

    setTimestamp(timestamp = Date.now()) {
      this.data.timestamp = timestamp ? new Date(timestamp).toISOString() : undefined
      return this
    }

    setTitle(title) {
      this.data.title = title ?? undefined
      return this
    }

    setDescription(description) {
      this.data.description = description ?? undefined
      return this
    }

    setURL(url) {
      this.data.url = url ?? undefined
      return this
    }
  }

  class ButtonBuilder extends ComponentBuilder {
    constructor({ emoji, ...data } = {}) {
      super({ type: ComponentType.Button, ...toSnakeCase({ ...data, emoji: resolveEmoji(emoji) }) })
    }

    setEmoji(emoji) {
      this.data.emoji = resolveEmoji(emoji)
      return this
    }

    toJSON() {
      const { style, label, emoji, custom_id: customId, sku_id: skuId, url } = this.data
      if (style === ButtonStyle.Premium) {
        if (!skuId) throw new RangeError('Premium buttons must have an SKU id.')
        if (customId || label || url || emoji) {
          throw new RangeError('Premium buttons cannot have a custom id, label, URL, or emoji.')
        }
      } else {
        if (skuId) throw new RangeError('Non-premium buttons must not have an SKU id.')
        if (url && customId) throw new RangeError('URL and custom id are mutually exclusive.')
        if (!label && !emoji) throw new RangeError('Non-premium buttons must have a label and/or an emoji.')
        if (style === ButtonStyle.Link && !url) throw new RangeError('Link buttons must have a URL.')
        if (style !== ButtonStyle.Link && url) throw new RangeError('Non-premium and non-link buttons cannot have a URL.')
      }
      return super.toJSON()
    }
  }
  addSetters(ButtonBuilder, {
    setStyle: 'style', setURL: 'url', setCustomId: 'custom_id', setSKUId: 'sku_id', setLabel: 'label',
    setDisabled: ['disabled', true],
  }) // prettier-ignore

  /** A component of that type whose constructor takes its data. */
  function componentClass(name, type, setters, Base = ComponentBuilder) {
    const Class = {
      [name]: class extends Base {
        constructor(data) {
          super({ ...toSnakeCase(data ?? {}), type })
        }
      },
    }[name]
    addSetters(Class, setters)
    return Class
  }

  const selectSetters = {
    setPlaceholder: 'placeholder', setMinValues: 'min_values', setMaxValues: 'max_values', setCustomId: 'custom_id',
    setDisabled: ['disabled', true], setRequired: ['required', true],
  } // prettier-ignore

  class BaseSelectMenuBuilder extends ComponentBuilder {}
  addSetters(BaseSelectMenuBuilder, selectSetters)

  const optionSetters = { setLabel: 'label', setValue: 'value', setDescription: 'description' }

  class StringSelectMenuOptionBuilder extends Builder {
    constructor({ emoji, ...data } = {}) {
      super(toSnakeCase({ ...data, emoji: resolveEmoji(emoji) }))
    }

    setEmoji(emoji) {
      this.data.emoji = resolveEmoji(emoji)
      return this
    }
  }
  addSetters(StringSelectMenuOptionBuilder, { ...optionSetters, setDefault: ['default', true] })

  /** Adds what builders with options have in common. */
  const withOptions = (Base, Option) =>
    class extends Base {
      constructor({ options, ...data } = {}) {
        super(data)
        this.options = options?.map((option) => new Option(plain(option))) ?? []
      }

      addOptions(...options) {
        return this.spliceOptions(this.options.length, 0, ...options)
      }

      setOptions(...options) {
        return this.spliceOptions(0, this.options.length, ...options)
      }

      spliceOptions(index, deleteCount, ...options) {
        const made = listOf(options).map((option) => (option instanceof Option ? option : new Option(plain(option))))
        this.options.splice(index, deleteCount, ...made)
        return this
      }

      toJSON() {
        return { ...this.data, options: this.options.map((option) => option.toJSON()) }
      }
    }

  const StringSelect = componentClass('StringSelectMenuBuilder', ComponentType.StringSelect, {}, BaseSelectMenuBuilder)
  class StringSelectMenuBuilder extends withOptions(StringSelect, StringSelectMenuOptionBuilder) {}

  /** Select menus whose options Discord knows. `defaults`: the types that may be chosen beforehand, by method's name. */
  function autoSelectClass(name, type, defaults) {
    const Class = componentClass(name, type, {}, BaseSelectMenuBuilder)
    for (const [plural, valueType] of Object.entries(defaults)) {
      const valuesOf = (ids) => listOf(ids).map((id) => ({ id, type: valueType }))
      define(Class, `addDefault${plural}`, function (...ids) {
        this.data.default_values = [...(this.data.default_values ?? []), ...valuesOf(ids)]
        return this
      })
      define(Class, `setDefault${plural}`, function (...ids) {
        this.data.default_values = valuesOf(ids)
        return this
      })
    }
    return Class
  }

  const { User, Role, Channel } = SelectMenuDefaultValueType
  const UserSelectMenuBuilder = autoSelectClass('UserSelectMenuBuilder', ComponentType.UserSelect, { Users: User })
  const RoleSelectMenuBuilder = autoSelectClass('RoleSelectMenuBuilder', ComponentType.RoleSelect, { Roles: Role })

  class MentionableSelectMenuBuilder extends autoSelectClass('', ComponentType.MentionableSelect, { Users: User, Roles: Role }) {
    addDefaultValues(...values) {
      this.data.default_values = [...(this.data.default_values ?? []), ...listOf(values)]
      return this
    }

    setDefaultValues(...values) {
      this.data.default_values = listOf(values)
      return this
    }
  }

  class ChannelSelectMenuBuilder extends autoSelectClass('', ComponentType.ChannelSelect, { Channels: Channel }) {
    addChannelTypes(...types) {
      this.data.channel_types = [...(this.data.channel_types ?? []), ...listOf(types)]
      return this
    }

    setChannelTypes(...types) {
      this.data.channel_types = listOf(types)
      return this
    }
  }

  const TextInputBuilder = componentClass('TextInputBuilder', ComponentType.TextInput, {
    setCustomId: 'custom_id', setLabel: 'label', setStyle: 'style', setMinLength: 'min_length',
    setMaxLength: 'max_length', setPlaceholder: 'placeholder', setValue: 'value', setRequired: ['required', true],
  }) // prettier-ignore

  const FileUploadBuilder = componentClass('FileUploadBuilder', ComponentType.FileUpload, {
    setCustomId: 'custom_id', setMinValues: 'min_values', setMaxValues: 'max_values', setRequired: ['required', true],
  }) // prettier-ignore
  addClearers(FileUploadBuilder, { clearMinValues: 'min_values', clearMaxValues: 'max_values', clearFileTypes: 'file_types' })
  define(FileUploadBuilder, 'addFileTypes', function (...types) {
    this.data.file_types = [...(this.data.file_types ?? []), ...listOf(types)]
    return this
  })
  define(FileUploadBuilder, 'setFileTypes', function (...types) {
    this.data.file_types = listOf(types)
    return this
  })

  const CheckboxBuilder = componentClass('CheckboxBuilder', ComponentType.Checkbox, {
    setCustomId: 'custom_id',
    setDefault: 'default',
  })

  class CheckboxGroupOptionBuilder extends Builder {
    constructor(data = {}) {
      super(data)
    }
  }
  addSetters(CheckboxGroupOptionBuilder, { ...optionSetters, setDefault: 'default' })
  class RadioGroupOptionBuilder extends CheckboxGroupOptionBuilder {}

  const CheckboxGroup = componentClass('CheckboxGroupBuilder', ComponentType.CheckboxGroup, {
    setCustomId: 'custom_id', setMinValues: 'min_values', setMaxValues: 'max_values', setRequired: 'required',
  }) // prettier-ignore
  class CheckboxGroupBuilder extends withOptions(CheckboxGroup, CheckboxGroupOptionBuilder) {}

  const RadioGroup = componentClass('RadioGroupBuilder', ComponentType.RadioGroup, {
    setCustomId: 'custom_id',
    setRequired: 'required',
  })
  class RadioGroupBuilder extends withOptions(RadioGroup, RadioGroupOptionBuilder) {}

  /** A component or item that shows the file or picture at a URL. */
  function mediaSetter(Class, key) {
    define(Class, 'setURL', function (url) {
      this.data[key] = { url }
      return this
    })
    addSetters(Class, { setSpoiler: ['spoiler', true] })
    if (key !== 'media') return
    addSetters(Class, { setDescription: 'description' })
    addClearers(Class, { clearDescription: 'description' })
  }

  const TextDisplayBuilder = componentClass('TextDisplayBuilder', ComponentType.TextDisplay, { setContent: 'content' })
  const ThumbnailBuilder = componentClass('ThumbnailBuilder', ComponentType.Thumbnail, {})
  mediaSetter(ThumbnailBuilder, 'media')
  const FileBuilder = componentClass('FileBuilder', ComponentType.File, {})
  mediaSetter(FileBuilder, 'file')
  const SeparatorBuilder = componentClass('SeparatorBuilder', ComponentType.Separator, {
    setDivider: ['divider', true],
    setSpacing: 'spacing',
  })
  addClearers(SeparatorBuilder, { clearSpacing: 'spacing' })

  class MediaGalleryItemBuilder extends Builder {
    constructor(data = {}) {
      super(data)
    }
  }
  mediaSetter(MediaGalleryItemBuilder, 'media')

  /** Adds what builders with components inside have in common. `kinds`: their classes by the name of the method. */
  function containerClass(type, kinds) {
    class Class extends ComponentBuilder {
      constructor({ components, ...data } = {}) {
        super({ type, ...toSnakeCase(data) })
        this.components = components?.map(componentFrom) ?? []
      }

      toJSON() {
        return { ...this.data, components: this.components.map((component) => component.toJSON()) }
      }
    }
    for (const [name, Kind] of Object.entries(kinds)) {
      define(Class, name, function (...components) {
        this.components.push(...listOf(components).map((component) => resolve(Kind(), component)))
        return this
      })
    }
    return Class
  }

  class ActionRowBuilder extends containerClass(ComponentType.ActionRow, {}) {
    addComponents(...components) {
      this.components.push(...listOf(components))
      return this
    }

    setComponents(...components) {
      this.components = listOf(components)
      return this
    }

    toJSON() {
      return { ...this.data, components: this.components.map(plain) }
    }
  }

  const sectionKinds = { addTextDisplayComponents: () => TextDisplayBuilder }
  class SectionBuilder extends containerClass(ComponentType.Section, sectionKinds) {
    constructor({ accessory, ...data } = {}) {
      super(data)
      this.accessory = accessory ? componentFrom(accessory) : undefined
    }

    spliceTextDisplayComponents(index, deleteCount, ...components) {
      const made = listOf(components).map((component) => resolve(TextDisplayBuilder, component))
      this.components.splice(index, deleteCount, ...made)
      return this
    }

    setButtonAccessory(accessory) {
      this.accessory = resolve(ButtonBuilder, accessory)
      return this
    }

    setThumbnailAccessory(accessory) {
      this.accessory = resolve(ThumbnailBuilder, accessory)
      return this
    }

    toJSON() {
      return { ...super.toJSON(), accessory: this.accessory?.toJSON() }
    }
  }

  class MediaGalleryBuilder extends ComponentBuilder {
    constructor({ items, ...data } = {}) {
      super({ type: ComponentType.MediaGallery, ...toSnakeCase(data) })
      this.items = items?.map((item) => resolve(MediaGalleryItemBuilder, item)) ?? []
    }

    addItems(...items) {
      return this.spliceItems(this.items.length, 0, ...items)
    }

    spliceItems(index, deleteCount, ...items) {
      this.items.splice(index, deleteCount, ...listOf(items).map((item) => resolve(MediaGalleryItemBuilder, item)))
      return this
    }

    toJSON() {
      return { ...this.data, items: this.items.map((item) => item.toJSON()) }
    }
  }

  const containerKinds = {
    addActionRowComponents: () => ActionRowBuilder,
    addFileComponents: () => FileBuilder,
    addMediaGalleryComponents: () => MediaGalleryBuilder,
    addSectionComponents: () => SectionBuilder,
    addSeparatorComponents: () => SeparatorBuilder,
    addTextDisplayComponents: () => TextDisplayBuilder,
  }
  class ContainerBuilder extends containerClass(ComponentType.Container, containerKinds) {
    setAccentColor(color) {
      this.data.accent_color = color === undefined ? undefined : resolveColor(color)
      return this
    }

    clearAccentColor() {
      this.data.accent_color = undefined
      return this
    }

    setSpoiler(spoiler = true) {
      this.data.spoiler = spoiler
      return this
    }

    spliceComponents(index, deleteCount, ...components) {
      this.components.splice(index, deleteCount, ...listOf(components).map(componentFrom))
      return this
    }
  }

  class LabelBuilder extends ComponentBuilder {
    constructor({ component, ...data } = {}) {
      super({ ...toSnakeCase(data), component: component ? componentFrom(component) : undefined, type: ComponentType.Label })
    }

    toJSON() {
      return { ...this.data, component: this.data.component?.toJSON() }
    }
  }
  addSetters(LabelBuilder, { setLabel: 'label', setDescription: 'description' })
  addClearers(LabelBuilder, { clearDescription: 'description' })
  for (const [kind, Class] of Object.entries({
    StringSelectMenu: StringSelectMenuBuilder,
    UserSelectMenu: UserSelectMenuBuilder,
    RoleSelectMenu: RoleSelectMenuBuilder,
    MentionableSelectMenu: MentionableSelectMenuBuilder,
    ChannelSelectMenu: ChannelSelectMenuBuilder,
    TextInput: TextInputBuilder,
    FileUpload: FileUploadBuilder,
    Checkbox: CheckboxBuilder,
    CheckboxGroup: CheckboxGroupBuilder,
    RadioGroup: RadioGroupBuilder,
  })) {
    define(LabelBuilder, `set${kind}Component`, function (component) {
      this.data.component = resolve(Class, component)
      return this
    })
  }

  const modalKinds = {
    addLabelComponents: () => LabelBuilder,
    addTextDisplayComponents: () => TextDisplayBuilder,
    addActionRowComponents: () => ActionRowBuilder,
  }
  class ModalBuilder extends containerClass(undefined, modalKinds) {
    constructor(data) {
      super(data)
      delete this.data.type
    }

    addComponents(...components) {
      const rowOf = (component) =>
        component instanceof TextInputBuilder ? new ActionRowBuilder({ components: [component] }) : component
      this.components.push(...listOf(components).map((component) => rowOf(componentFrom(component))))
      return this
    }

    setComponents(...components) {
      this.components = listOf(components)
      return this
    }

    setLabelComponents(...components) {
      return this.spliceLabelComponents(0, this.components.length, ...listOf(components))
    }

    spliceLabelComponents(index, deleteCount, ...labels) {
      this.components.splice(index, deleteCount, ...labels.map((label) => resolve(LabelBuilder, label)))
      return this
    }
  }
  addSetters(ModalBuilder, { setTitle: 'title', setCustomId: 'custom_id' })

  const classes = {
    ActionRow: ActionRowBuilder, Button: ButtonBuilder, StringSelect: StringSelectMenuBuilder,
    TextInput: TextInputBuilder, UserSelect: UserSelectMenuBuilder, RoleSelect: RoleSelectMenuBuilder,
    MentionableSelect: MentionableSelectMenuBuilder, ChannelSelect: ChannelSelectMenuBuilder, Section: SectionBuilder,
    TextDisplay: TextDisplayBuilder, Thumbnail: ThumbnailBuilder, MediaGallery: MediaGalleryBuilder, File: FileBuilder,
    Separator: SeparatorBuilder, Container: ContainerBuilder, Label: LabelBuilder, FileUpload: FileUploadBuilder,
    RadioGroup: RadioGroupBuilder, CheckboxGroup: CheckboxGroupBuilder, Checkbox: CheckboxBuilder,
  } // prettier-ignore

  const byType = new Map(Object.entries(classes).map(([name, Class]) => [ComponentType[name], Class]))

  /** The builder for a component as Discord's JSON has it. */
  function componentFrom(component) {
    if (component instanceof ComponentBuilder) return component
    const data = plain(component)
    const Class = byType.get(data.type)
    if (Class === undefined) throw new Error(`Cannot properly serialize component type: ${data.type}`)
    return new Class(data)
  }

  shared.builders = {
    ComponentBuilder, EmbedBuilder, BaseSelectMenuBuilder, StringSelectMenuOptionBuilder, MediaGalleryItemBuilder,
    CheckboxGroupOptionBuilder, RadioGroupOptionBuilder, ModalBuilder,
    SelectMenuBuilder: StringSelectMenuBuilder, SelectMenuOptionBuilder: StringSelectMenuOptionBuilder,
  } // prettier-ignore
  for (const Class of Object.values(classes)) shared.builders[Class.name] = Class
  shared.resolveEmoji = resolveEmoji
})
