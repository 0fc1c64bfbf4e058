// Components carry the id of the command whose script they run, so that they work after a restart too.

/** `rows` as they are sent. */
export const withCommand = (rows, commandId) =>
  rows.map((row) => ({
    ...row,
    components: row.components.map((component) => {
      const given = component.customId ?? component.custom_id
      if (given === undefined) return component
      const { customId, ...rest } = component
      return { ...rest, custom_id: `${commandId}:${given}` }
    }),
  }))

/** The command's id, and the component's own as its author wrote it. */
export function readCustomId(customId) {
  const colon = customId.indexOf(':')
  return { commandId: customId.slice(0, colon), ownId: customId.slice(colon + 1) }
}

/** `rows` of a message that was sent, as the script that made them knows them. */
export const withoutCommand = (rows) =>
  rows.map((row) => ({
    ...row,
    components: row.components.map(({ custom_id: customId, ...component }) =>
      customId === undefined ? component : { ...component, customId: readCustomId(customId).ownId },
    ),
  }))
