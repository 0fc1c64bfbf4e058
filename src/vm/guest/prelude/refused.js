// What discord.js's objects have and those of scripts have not.
(function (shared) {
  'use strict'
  const { User, Guild, GuildRoles, GuildMember, MemberRoles, Role, Channel, Message } = shared.structures
  const ProxyClass = Proxy

  shared.refuseMembers(
    User,
    'user',
    `avatarDecorationData avatarDecorationURL banner collectibles createDM deleteDM dmChannel fetch fetchFlags flags
    guildTagBadgeURL primaryGuild send`,
  )
  shared.refuseMembers(
    GuildMember,
    'member',
    `avatarDecorationData avatarDecorationURL ban bannable banner bannerURL createDM deleteDM disableCommunicationUntil
    displayAvatarDecorationURL displayBannerURL dmChannel edit fetch flags kick kickable manageable moderatable
    permissionsIn presence send setFlags setNickname timeout voice`,
  )
  shared.refuseMembers(MemberRoles, 'member.roles', 'add botRole clone icon premiumSubscriberRole remove set')
  shared.refuseMembers(
    GuildRoles,
    'guild.roles',
    'botRoleFor create delete edit fetch fetchMemberCounts premiumSubscriberRole setPosition setPositions',
  )
  shared.refuseMembers(
    Role,
    'role',
    `delete edit editable flags icon iconURL members permissionsIn setColor setColors setHoist setIcon setMentionable
    setName setPermissions setPosition setUnicodeEmoji tags unicodeEmoji`,
  )
  shared.refuseMembers(
    Guild,
    'guild',
    `afkChannel afkChannelId afkTimeout applicationId approximateMemberCount approximatePresenceCount
    autoModerationRules banner bannerURL bans channels commands createTemplate defaultMessageNotifications delete
    description disableInvites discoverySplash discoverySplashURL edit editOnboarding editWelcomeScreen emojis
    explicitContentFilter fetch fetchAuditLogs fetchIntegrations fetchOnboarding fetchOwner fetchPreview fetchTemplates
    fetchVanityData fetchWebhooks fetchWelcomeScreen fetchWidget fetchWidgetSettings incidentsData invites joinedAt
    joinedTimestamp large leave maxStageVideoChannelUsers maxVideoChannelUsers maximumBitrate maximumMembers
    maximumPresences maximumStageBitrate members mfaLevel nsfwLevel premiumProgressBarEnabled premiumSubscriptionCount
    premiumTier presences publicUpdatesChannel publicUpdatesChannelId rulesChannel rulesChannelId safetyAlertsChannel
    safetyAlertsChannelId scheduledEvents setAFKChannel setAFKTimeout setBanner setDefaultMessageNotifications
    setDiscoverySplash setExplicitContentFilter setIcon setIncidentActions setMFALevel setName setOwner
    setPreferredLocale setPremiumProgressBarEnabled setPublicUpdatesChannel setRulesChannel setSafetyAlertsChannel
    setSplash setSystemChannel setSystemChannelFlags setVerificationLevel setWidgetSettings shard shardId
    soundboardSounds splash splashURL stageInstances stickers systemChannel systemChannelFlags systemChannelId
    vanityURLCode vanityURLUses verificationLevel voiceAdapterCreator voiceStates widgetChannel widgetChannelId
    widgetEnabled widgetImageURL`,
  )
  shared.refuseMembers(
    Channel,
    'channel',
    `awaitMessageComponent awaitMessages bulkDelete clone createInvite createMessageCollector
    createMessageComponentCollector createWebhook defaultAutoArchiveDuration defaultThreadRateLimitPerUser deletable
    delete edit fetch fetchInvites fetchWebhooks flags lastMessage lastPinAt lastPinTimestamp lockPermissions manageable
    members memberPermissions messages overwritesFor parent permissionOverwrites permissionsFor permissionsLocked
    position rolePermissions send sendTyping setDefaultAutoArchiveDuration setNSFW setName setParent setPosition
    setRateLimitPerUser setTopic setType threads viewable`,
  )
  shared.refuseMembers(
    Message,
    'message',
    `activity applicationId attachments awaitMessageComponent awaitReactions bulkDeletable call createMessageComponentCollector
    createReactionCollector crosspost crosspostable deletable delete edit editable fetch fetchReference fetchWebhook
    forward groupActivityApplication interactionMetadata member mentions messageSnapshots nonce pin pinnable poll
    position react reactions removeAttachments reply resolveComponent resolved roleSubscriptionData startThread
    stickers suppressEmbeds system thread unpin webhookId`,
  )

  /** `interaction.client`, of which a script knows only who the bot is. */
  shared.clientOf = (applicationId) => {
    const client = { user: { id: applicationId, bot: true, toString: () => `<@${applicationId}>` } }
    const get = (target, key) => {
      const isKnown = key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON'
      return isKnown ? target[key] : shared.unavailable(`interaction.client.${key}`)
    }
    return new ProxyClass(client, { __proto__: null, get })
  }
})
