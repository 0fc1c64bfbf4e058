// discord.js's builders of embeds and of components without others inside (discord.js guide: popular topics, Embeds;
// interactive components). What they return is checked where it is sent. Like the formatters, they use built-in objects as
// the script has left them.
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
    constructor(data = {}) {
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

  /** Adds `addFields(...values)` and `setFields(...values)` for the member `fields` and so on, with what `make` returns. */
  function addLists(Class, members, make = (value) => value) {
    for (const [name, key] of Object.entries(members)) {
      const elementsOf = (given) => listOf(given).map((value) => make(value))
      define(Class, `add${name}`, function (...values) {
        this.data[key] = [...(this.data[key] ?? []), ...elementsOf(values)]
        return this
      })
      define(Class, `set${name}`, function (...values) {
        this.data[key] = elementsOf(values)
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

    spliceFields(index, deleteCount, ...fields) {
      this.data.fields ??= []
      this.data.fields.splice(index, deleteCount, ...fields)
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
  addLists(EmbedBuilder, { Fields: 'fields' })

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
      addLists(Class, { [`Default${plural}`]: 'default_values' }, (id) => ({ id, type: valueType }))
    }
    return Class
  }

  const { User, Role, Channel } = SelectMenuDefaultValueType
  const UserSelectMenuBuilder = autoSelectClass('UserSelectMenuBuilder', ComponentType.UserSelect, { Users: User })
  const RoleSelectMenuBuilder = autoSelectClass('RoleSelectMenuBuilder', ComponentType.RoleSelect, { Roles: Role })

  const MentionableSelectMenuBuilder = autoSelectClass('MentionableSelectMenuBuilder', ComponentType.MentionableSelect, {
    Users: User,
    Roles: Role,
  })
  addLists(MentionableSelectMenuBuilder, { DefaultValues: 'default_values' })
  const ChannelSelectMenuBuilder = autoSelectClass('ChannelSelectMenuBuilder', ComponentType.ChannelSelect, { Channels: Channel })
  addLists(ChannelSelectMenuBuilder, { ChannelTypes: 'channel_types' })

  const TextInputBuilder = componentClass('TextInputBuilder', ComponentType.TextInput, {
    setCustomId: 'custom_id', setLabel: 'label', setStyle: 'style', setMinLength: 'min_length',
    setMaxLength: 'max_length', setPlaceholder: 'placeholder', setValue: 'value', setRequired: ['required', true],
  }) // prettier-ignore

  const FileUploadBuilder = componentClass('FileUploadBuilder', ComponentType.FileUpload, {
    setCustomId: 'custom_id', setMinValues: 'min_values', setMaxValues: 'max_values', setRequired: ['required', true],
  }) // prettier-ignore
  addClearers(FileUploadBuilder, { clearMinValues: 'min_values', clearMaxValues: 'max_values', clearFileTypes: 'file_types' })
  addLists(FileUploadBuilder, { FileTypes: 'file_types' })

  const CheckboxBuilder = componentClass('CheckboxBuilder', ComponentType.Checkbox, {
    setCustomId: 'custom_id',
    setDefault: 'default',
  })

  class CheckboxGroupOptionBuilder extends Builder {}
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

  class MediaGalleryItemBuilder extends Builder {}
  mediaSetter(MediaGalleryItemBuilder, 'media')

  shared.builders = {
    BaseSelectMenuBuilder, ButtonBuilder, ChannelSelectMenuBuilder, CheckboxBuilder, CheckboxGroupBuilder,
    CheckboxGroupOptionBuilder, ComponentBuilder, EmbedBuilder, FileBuilder, FileUploadBuilder, MediaGalleryItemBuilder,
    MentionableSelectMenuBuilder, RadioGroupBuilder, RadioGroupOptionBuilder, RoleSelectMenuBuilder, SeparatorBuilder,
    StringSelectMenuBuilder, StringSelectMenuOptionBuilder, TextDisplayBuilder, TextInputBuilder, ThumbnailBuilder,
    UserSelectMenuBuilder,
    SelectMenuBuilder: StringSelectMenuBuilder, SelectMenuOptionBuilder: StringSelectMenuOptionBuilder,
  } // prettier-ignore
  /** What the builders of layouts are made of. */
  shared.builderParts = { listOf, plain, define, addSetters, addClearers, resolve }
  shared.resolveEmoji = resolveEmoji
})
