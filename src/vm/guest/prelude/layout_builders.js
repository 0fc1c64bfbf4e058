// discord.js's builders of components and modals with components inside (discord.js guide: interactive components), as
// builders.js has the others.
(function (shared) {
  'use strict'
  const { ComponentType } = shared.enums
  const { toSnakeCase, resolveColor } = shared
  const { listOf, plain, define, addSetters, addClearers, resolve } = shared.builderParts
  const {
    ButtonBuilder, ChannelSelectMenuBuilder, CheckboxBuilder, CheckboxGroupBuilder, ComponentBuilder, FileBuilder,
    FileUploadBuilder, MediaGalleryItemBuilder, MentionableSelectMenuBuilder, RadioGroupBuilder, RoleSelectMenuBuilder,
    SeparatorBuilder, StringSelectMenuBuilder, TextDisplayBuilder, TextInputBuilder, ThumbnailBuilder,
    UserSelectMenuBuilder,
  } = shared.builders // prettier-ignore

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

    spliceComponents(index, deleteCount, ...components) {
      this.components.splice(index, deleteCount, ...listOf(components).map(componentFrom))
      return this
    }
  }
  addSetters(ContainerBuilder, { setSpoiler: ['spoiler', true] })
  addClearers(ContainerBuilder, { clearAccentColor: 'accent_color' })

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

  Object.assign(shared.builders, {
    ActionRowBuilder, ContainerBuilder, LabelBuilder, MediaGalleryBuilder, ModalBuilder, SectionBuilder,
  }) // prettier-ignore
})
