#include "discord/cache/bot_rights.hpp"

#include <algorithm>

namespace guildhall::discord {
namespace {

/// Permissions that decide whether and how a message is sent.
constexpr std::uint64_t kept_permissions =
    Permissions::view_channel | Permissions::send_messages | Permissions::send_tts_messages | Permissions::embed_links |
    Permissions::attach_files | Permissions::read_message_history | Permissions::use_external_emojis |
    Permissions::add_reactions | Permissions::send_messages_in_threads;

}  // namespace

void BotRights::set_channel(const Channel& channel, base::UserId bot) {
  Entry entry{channel.id, channel.parent.value_or(ChannelId{}), channel.thread, {}};
  for (auto overwrite : channel.overwrites) {
    if (overwrite.of_member && overwrite.id != bot.value()) continue;
    overwrite.allow = Permissions(overwrite.allow.bits() & kept_permissions);
    overwrite.deny = Permissions(overwrite.deny.bits() & kept_permissions);
    if ((overwrite.allow.bits() | overwrite.deny.bits()) != 0) entry.overwrites.push_back(overwrite);
  }
  entry.overwrites.shrink_to_fit();
  const auto place = std::ranges::lower_bound(channels_, channel.id, {}, &Entry::id);
  if (place != channels_.end() && place->id == channel.id) {
    *place = std::move(entry);
  } else {
    channels_.insert(place, std::move(entry));
  }
}

void BotRights::remove_channel(ChannelId channel) {
  std::erase_if(channels_, [channel](const Entry& known) { return known.id == channel; });
}

const BotRights::Entry* BotRights::find(ChannelId channel) const {
  const auto place = std::ranges::lower_bound(channels_, channel, {}, &Entry::id);
  return place == channels_.end() || place->id != channel ? nullptr : &*place;
}

std::optional<ChannelPermissions> BotRights::in_channel(base::GuildId guild, ChannelId channel,
                                                        Permissions in_guild) const {
  const auto* const here = find(channel);
  if (here == nullptr) return std::nullopt;
  const auto* const of = here->thread ? find(here->parent) : here;
  if (of == nullptr || !roles_) return std::nullopt;
  if (in_guild.has(Permissions(Permissions::administrator))) return ChannelPermissions{in_guild, here->thread};

  // First @everyone's, then those of all roles together, then the bot's own; allowing wins over denying in each step.
  auto bits = in_guild.bits();
  std::uint64_t allow = 0;
  std::uint64_t deny = 0;
  const Overwrite* own = nullptr;
  for (const auto& overwrite : of->overwrites) {
    if (overwrite.of_member) {
      own = &overwrite;
    } else if (overwrite.id == guild.value()) {
      bits = (bits & ~overwrite.deny.bits()) | overwrite.allow.bits();
    } else if (std::ranges::find(*roles_, DiscordRoleId{overwrite.id}) != roles_->end()) {
      allow |= overwrite.allow.bits();
      deny |= overwrite.deny.bits();
    }
  }
  bits = (bits & ~deny) | allow;
  if (own != nullptr) bits = (bits & ~own->deny.bits()) | own->allow.bits();
  return ChannelPermissions{Permissions(bits), here->thread};
}

}  // namespace guildhall::discord
