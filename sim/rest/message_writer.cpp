#include "sim/rest/message_writer.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "base/text/word_key.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/mentions.hpp"
#include "sim/rest/thread_activity.hpp"

namespace guildhall::sim {
namespace {

/// The flags a bot may set.
constexpr std::uint64_t suppress_notifications_flag = 1ULL << 12;
constexpr std::uint64_t creatable_flags = suppress_embeds_flag | suppress_notifications_flag | components_v2_flag;

std::optional<UserId> author_of_reference(const Simulation& sim, const Message& message) {
  if (!message.reference || !message.reference->message) return std::nullopt;
  const Message* original = sim.messages.find(message.reference->channel, *message.reference->message);
  if (original == nullptr || original->webhook) return std::nullopt;
  return original->author;
}

/// The text as Discord shows it: without the permission, only the names of other guilds' emojis.
std::string shown_content(const Guild* guild, Permissions permissions, std::string text) {
  if (guild == nullptr || permissions.has(use_external_emojis)) return text;
  std::string shown;
  for (std::string_view rest = text; !rest.empty();) {
    const auto from_here = rest;
    const auto id = base::take_custom_emoji(rest);
    if (id.empty()) {
      shown += rest.front();
      rest.remove_prefix(1);
      continue;
    }
    const auto emoji = from_here.substr(0, from_here.size() - rest.size());
    const auto colon = emoji.find(':');
    const auto known = EmojiId::parse(id);
    const bool own = known && guild->emojis.contains(*known);
    shown += own ? emoji : emoji.substr(colon, emoji.rfind(':') - colon + 1);
  }
  return shown;
}

const Guild* find_guild_of(const Simulation& sim, std::optional<GuildId> guild) {
  return guild ? sim.world.find_guild(*guild) : nullptr;
}

/// Stores the files of a form and puts their addresses in.
void take_files(Simulation& sim, Message& message, FilesForm files) {
  message.attachments = attach(sim, message.channel, message.attachments, std::move(files));
  boost::json::value embeds = std::move(message.embeds);
  resolve_attachment_urls(embeds, message.attachments);
  message.embeds = std::move(embeds.as_array());
  boost::json::value components = std::move(message.components);
  resolve_attachment_urls(components, message.attachments);
  message.components = std::move(components.as_array());
}

}  // namespace

Message compose_message(Simulation& sim, const Channel& channel, Permissions permissions, MessageForm form) {
  Message message;
  message.id = MessageId{sim.new_snowflake()};
  message.channel = channel.id;
  message.guild = channel.guild;
  message.author = sim.world.application.bot_user_id();
  message.content = shown_content(find_guild_of(sim, channel.guild), permissions, std::move(form.content).value_or(""));
  message.components = std::move(form.components).value_or(boost::json::array());
  if (form.embeds && permissions.has(embed_links)) message.embeds = std::move(*form.embeds);
  if (!form.files.uploads.empty() && !permissions.has(attach_files)) throw missing_permissions();
  take_files(sim, message, std::move(form.files));
  message.flags = form.flags.value_or(0) & creatable_flags;
  message.nonce = std::move(form.nonce);
  message.tts = form.tts && permissions.has(send_tts_messages);
  message.created = sim.clock().now();
  if (form.reference) {
    const ChannelId from = form.reference->channel.value_or(channel.id);
    message.type = MessageType::reply;
    message.reference = MessageReference{form.reference->message, from, channel.guild};
  }
  set_mentions(message, sim.world, form.allowed_mentions.value_or(AllowedMentions()), permissions,
               author_of_reference(sim, message));
  return message;
}

void check_shows_something(const Message& message) {
  if (message.content.empty() && message.embeds.empty() && message.components.empty() && message.attachments.empty()) {
    throw empty_message();
  }
}

const Message& post_message(Simulation& sim, Message&& message) {
  note_message_in_thread(sim, message);
  const Message& posted = sim.messages.add(std::move(message));
  sim.feed.message_created(posted);
  return posted;
}

void edit_message(Simulation& sim, Message& message, Permissions permissions, MessageForm form) {
  Message changed = message;
  if (form.content)
    changed.content = shown_content(find_guild_of(sim, message.guild), permissions, std::move(*form.content));
  if (form.components) changed.components = std::move(*form.components);
  if (form.embeds && permissions.has(embed_links)) changed.embeds = std::move(*form.embeds);
  if (form.flags) {
    changed.flags = (changed.flags & ~suppress_embeds_flag) | (*form.flags & suppress_embeds_flag);
    changed.flags |= *form.flags & components_v2_flag;
  }
  if ((changed.flags & components_v2_flag) != 0 && !(changed.content.empty() && changed.embeds.empty())) {
    throw invalid_form("flags", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                       "The message has content or embeds, which IS_COMPONENTS_V2 excludes");
  }
  take_files(sim, changed, std::move(form.files));
  check_shows_something(changed);
  if (form.content || form.allowed_mentions) {
    // An edit recomputes mentions from its own allowed_mentions; the replied user counts only if that is present.
    const auto replied = form.allowed_mentions ? author_of_reference(sim, changed) : std::nullopt;
    set_mentions(changed, sim.world, form.allowed_mentions.value_or(AllowedMentions()), permissions, replied);
  }
  // The first edit of a "thinking" response does not count as an edit.
  const bool was_loading = (changed.flags & loading_flag) != 0;
  changed.flags &= ~loading_flag;
  if (!was_loading) changed.edited = sim.clock().now();
  message = std::move(changed);
  sim.feed.message_updated(message);
}

void remove_message(Simulation& sim, const Message& message) {
  const Message gone = message;
  sim.messages.remove(gone.channel, gone.id);
  note_messages_removed(sim, gone.channel, 1);
  sim.feed.message_deleted(gone);
}

}  // namespace guildhall::sim
