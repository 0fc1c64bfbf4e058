// discord.js's enumerations that scripts use (Discord: components/reference, resources/message, topics/permissions and
// others).
(function (shared) {
  'use strict'
  const p = shared.primordials

  /** As TypeScript makes them: `ButtonStyle.Primary` is 1 and `ButtonStyle[1]` is `Primary`. */
  function numbered(names) {
    const made = {}
    p.arrayForEach(p.keys(names), (name) => {
      made[name] = names[name]
      made[names[name]] = name
    })
    return made
  }

  const MessageFlags = numbered({
    Crossposted: 1, IsCrosspost: 2, SuppressEmbeds: 4, SourceMessageDeleted: 8, Urgent: 16, HasThread: 32,
    Ephemeral: 64, Loading: 128, FailedToMentionSomeRolesInThread: 256, ShouldShowLinkNotDiscordWarning: 1024,
    SuppressNotifications: 4096, IsVoiceMessage: 8192, HasSnapshot: 16384, IsComponentsV2: 32768,
  }) // prettier-ignore

  shared.enums = {
    ApplicationCommandOptionType: numbered({
      Subcommand: 1, SubcommandGroup: 2, String: 3, Integer: 4, Boolean: 5, User: 6, Channel: 7, Role: 8,
      Mentionable: 9, Number: 10, Attachment: 11,
    }), // prettier-ignore
    ApplicationCommandType: numbered({ ChatInput: 1, User: 2, Message: 3, PrimaryEntryPoint: 4 }),
    AllowedMentionsTypes: { Everyone: 'everyone', Role: 'roles', User: 'users' },
    ButtonStyle: numbered({ Primary: 1, Secondary: 2, Success: 3, Danger: 4, Link: 5, Premium: 6 }),
    ChannelType: numbered({
      GuildText: 0, DM: 1, GuildVoice: 2, GroupDM: 3, GuildCategory: 4, GuildAnnouncement: 5, AnnouncementThread: 10,
      PublicThread: 11, PrivateThread: 12, GuildStageVoice: 13, GuildDirectory: 14, GuildForum: 15, GuildMedia: 16,
      GuildNews: 5, GuildNewsThread: 10, GuildPublicThread: 11, GuildPrivateThread: 12,
    }), // prettier-ignore
    Colors: {
      Default: 0x000000, White: 0xffffff, Aqua: 0x1abc9c, Green: 0x57f287, Blue: 0x3498db, Yellow: 0xfee75c,
      Purple: 0x9b59b6, LuminousVividPink: 0xe91e63, Fuchsia: 0xeb459e, Gold: 0xf1c40f, Orange: 0xe67e22,
      Red: 0xed4245, Grey: 0x95a5a6, Navy: 0x34495e, DarkAqua: 0x11806a, DarkGreen: 0x1f8b4c, DarkBlue: 0x206694,
      DarkPurple: 0x71368a, DarkVividPink: 0xad1457, DarkGold: 0xc27c0e, DarkOrange: 0xa84300, DarkRed: 0x992d22,
      DarkGrey: 0x979c9f, DarkerGrey: 0x7f8c8d, LightGrey: 0xbcc0c0, DarkNavy: 0x2c3e50, Blurple: 0x5865f2,
      Greyple: 0x99aab5, DarkButNotBlack: 0x2c2f33, NotQuiteBlack: 0x23272a,
    }, // prettier-ignore
    ComponentType: numbered({
      ActionRow: 1, Button: 2, StringSelect: 3, TextInput: 4, UserSelect: 5, RoleSelect: 6, MentionableSelect: 7,
      ChannelSelect: 8, Section: 9, TextDisplay: 10, Thumbnail: 11, MediaGallery: 12, File: 13, Separator: 14,
      ContentInventoryEntry: 16, Container: 17, Label: 18, FileUpload: 19, RadioGroup: 21, CheckboxGroup: 22,
      Checkbox: 23, SelectMenu: 3,
    }), // prettier-ignore
    EmbedType: {
      Rich: 'rich', Image: 'image', Video: 'video', GIFV: 'gifv', Article: 'article', Link: 'link',
      AutoModerationMessage: 'auto_moderation_message', PollResult: 'poll_result',
    }, // prettier-ignore
    Faces: { Shrug: '¯\\_(ツ)_/¯', Tableflip: '(╯°□°)╯︵ ┻━┻', Unflip: '┬─┬ノ( º _ ºノ)' },
    GuildNavigationMentions: {
      Browse: '<id:browse>', Customize: '<id:customize>', Guide: '<id:guide>', LinkedRoles: '<id:linked-roles>',
    }, // prettier-ignore
    HeadingLevel: numbered({ One: 1, Two: 2, Three: 3 }),
    InteractionContextType: numbered({ Guild: 0, BotDM: 1, PrivateChannel: 2 }),
    InteractionResponseType: numbered({
      Pong: 1, ChannelMessageWithSource: 4, DeferredChannelMessageWithSource: 5, DeferredMessageUpdate: 6,
      UpdateMessage: 7, ApplicationCommandAutocompleteResult: 8, Modal: 9, PremiumRequired: 10, LaunchActivity: 12,
    }), // prettier-ignore
    InteractionType: numbered({
      Ping: 1, ApplicationCommand: 2, MessageComponent: 3, ApplicationCommandAutocomplete: 4, ModalSubmit: 5,
    }), // prettier-ignore
    Locale: {
      Indonesian: 'id', EnglishUS: 'en-US', EnglishGB: 'en-GB', Bulgarian: 'bg', ChineseCN: 'zh-CN',
      ChineseTW: 'zh-TW', Croatian: 'hr', Czech: 'cs', Danish: 'da', Dutch: 'nl', Finnish: 'fi', French: 'fr',
      German: 'de', Greek: 'el', Hindi: 'hi', Hungarian: 'hu', Italian: 'it', Japanese: 'ja', Korean: 'ko',
      Lithuanian: 'lt', Norwegian: 'no', Polish: 'pl', PortugueseBR: 'pt-BR', Romanian: 'ro', Russian: 'ru',
      SpanishES: 'es-ES', SpanishLATAM: 'es-419', Swedish: 'sv-SE', Thai: 'th', Turkish: 'tr', Ukrainian: 'uk',
      Vietnamese: 'vi',
    }, // prettier-ignore
    MessageFlags,
    MessageType: numbered({
      Default: 0, RecipientAdd: 1, RecipientRemove: 2, Call: 3, ChannelNameChange: 4, ChannelIconChange: 5,
      ChannelPinnedMessage: 6, UserJoin: 7, GuildBoost: 8, GuildBoostTier1: 9, GuildBoostTier2: 10, GuildBoostTier3: 11,
      ChannelFollowAdd: 12, GuildDiscoveryDisqualified: 14, GuildDiscoveryRequalified: 15,
      GuildDiscoveryGracePeriodInitialWarning: 16, GuildDiscoveryGracePeriodFinalWarning: 17, ThreadCreated: 18,
      Reply: 19, ChatInputCommand: 20, ThreadStarterMessage: 21, GuildInviteReminder: 22, ContextMenuCommand: 23,
      AutoModerationAction: 24, RoleSubscriptionPurchase: 25, InteractionPremiumUpsell: 26, StageStart: 27,
      StageEnd: 28, StageSpeaker: 29, StageRaiseHand: 30, StageTopic: 31, GuildApplicationPremiumSubscription: 32,
      GuildIncidentAlertModeEnabled: 36, GuildIncidentAlertModeDisabled: 37, GuildIncidentReportRaid: 38,
      GuildIncidentReportFalseAlarm: 39, PurchaseNotification: 44, PollResult: 46,
    }), // prettier-ignore
    SelectMenuDefaultValueType: { Channel: 'channel', Role: 'role', User: 'user' },
    SeparatorSpacingSize: numbered({ Small: 1, Large: 2 }),
    TextInputStyle: numbered({ Short: 1, Paragraph: 2 }),
    TimestampStyles: {
      ShortTime: 't', MediumTime: 'T', LongTime: 'T', ShortDate: 'd', LongDate: 'D', LongDateShortTime: 'f',
      ShortDateTime: 'f', FullDateShortTime: 'F', LongDateTime: 'F', ShortDateShortTime: 's', ShortDateMediumTime: 'S',
      RelativeTime: 'R',
    }, // prettier-ignore
  }

  /** discord.js: ColorResolvable. */
  shared.resolveColor = (color) => {
    if (color === 'Random') return p.Number((shared.host.random() * 0x1000000).toString().split('.')[0])
    let number = color
    if (typeof color === 'string') {
      const hex = p.regExpExec(/^#?([\da-f]{6})$/i, color)
      number = hex === null ? shared.enums.Colors[color] : p.Number(`0x${hex[1]}`)
    } else if (p.isArray(color)) {
      number = (color[0] << 16) + (color[1] << 8) + color[2]
    }
    if (!p.isInteger(number)) throw shared.errors.colorConvert(color)
    if (number < 0 || number > 0xffffff) throw shared.errors.colorRange()
    return number
  }
})
