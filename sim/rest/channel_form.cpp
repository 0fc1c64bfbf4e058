#include "sim/rest/channel_form.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "sim/rest/hierarchy.hpp"
#include "sim/world/or_null.hpp"

namespace guildhall::sim {
namespace {

constexpr Bounds channel_name_length{1, 100};
constexpr Bounds topic_length{0, 1024};
constexpr Bounds guidelines_length{0, 4096};
constexpr Bounds slowmode{0, 21'600};
constexpr Bounds overwrite_count{0, 100};
constexpr Bounds tag_count{0, 20};
constexpr Bounds tag_name_length{0, 50};

/// A number that is only kept and shown.
struct NumberSetting {
  std::string_view name;
  Bounds bounds;
};
constexpr auto number_settings = std::to_array<NumberSetting>({
    {"bitrate", {8'000, 384'000}},
    {"user_limit", {0, 10'000}},
    {"video_quality_mode", {1, 2}},
    {"default_auto_archive_duration", {60, 10'080}},
    {"default_thread_rate_limit_per_user", {0, 21'600}},
    {"default_sort_order", {0, 1}},
    {"default_forum_layout", {0, 2}},
    {"flags", {0, INT32_MAX}},
});

bool is_archive_duration(std::int64_t minutes) {
  constexpr std::array<std::int64_t, 4> known{60, 1'440, 4'320, 10'080};
  return std::find(known.begin(), known.end(), minutes) != known.end();
}

void check_archive_duration(FormReader& form, std::string_view name, std::optional<std::int64_t> minutes) {
  if (minutes && !is_archive_duration(*minutes)) {
    form.problem(name, "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).");
  }
}

/// Names of channels for text are in lower case and without spaces.
std::string channel_name(std::string name, ChannelType type) {
  if (type == ChannelType::guild_category || type == ChannelType::guild_voice || type == ChannelType::guild_stage) {
    return name;
  }
  for (char& c : name) {
    c = c == ' ' ? '-' : base::to_lower(c);
  }
  return name;
}

std::map<std::uint64_t, Overwrite> read_overwrites(FormReader& form, const Guild& guild) {
  std::map<std::uint64_t, Overwrite> overwrites;
  const auto* list = form.list("permission_overwrites", overwrite_count);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    auto element = form.element("permission_overwrites", i, (*list)[i]);
    if (!element) continue;
    element->require("id");
    const auto id = element->snowflake<base::Id<struct OverwriteTag>>("id");
    if (!id) continue;
    Overwrite& overwrite = overwrites[id->value()];
    // Libraries that leave the type out mean what the id belongs to.
    const bool role = guild.roles.contains(RoleId{id->value()});
    overwrite.of_member = element->integer("type", {0, 1}).value_or(role ? 0 : 1) == 1;
    read_overwrite(*element, guild, overwrite);
  }
  return overwrites;
}

void read_settings(FormReader& form, Simulation& sim, Channel& channel) {
  for (const auto& [name, bounds] : number_settings) {
    if (!form.mentions(name)) continue;
    const auto number = form.integer(name, bounds);
    if (number) channel.settings[name] = *number;
    if (name == "default_auto_archive_duration") check_archive_duration(form, name, number);
  }
  if (form.mentions("rtc_region")) channel.settings["rtc_region"] = or_null(form.text("rtc_region", {0, 100}));
  if (auto emoji = form.object("default_reaction_emoji")) {
    channel.settings["default_reaction_emoji"] = {{"emoji_id", or_null(emoji->text("emoji_id", {1, 20}))},
                                                  {"emoji_name", or_null(emoji->text("emoji_name", {0, 100}))}};
  }
  const auto* list = form.list("available_tags", tag_count);
  if (list == nullptr) return;
  boost::json::array tags;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto tag = form.element("available_tags", i, (*list)[i]);
    if (!tag) continue;
    const auto id = tag->snowflake<base::Id<struct ForumTagTag>>("id");
    tags.push_back({{"id", std::to_string(id ? id->value() : sim.new_snowflake())},
                    {"name", tag->required_text("name", tag_name_length)},
                    {"moderated", tag->boolean("moderated", false)},
                    {"emoji_id", or_null(tag->text("emoji_id", {1, 20}))},
                    {"emoji_name", or_null(tag->text("emoji_name", {0, 100}))}});
  }
  channel.settings["available_tags"] = std::move(tags);
}

bool is_convertible(ChannelType from, ChannelType to) {
  const auto is_text = [](ChannelType type) {
    return type == ChannelType::guild_text || type == ChannelType::guild_announcement;
  };
  return from == to || (is_text(from) && is_text(to));
}

}  // namespace

void read_overwrite(FormReader& form, const Guild& guild, Overwrite& overwrite) {
  const Permissions before = overwrite.allow | overwrite.deny;
  if (const auto allow = form.permissions("allow")) overwrite.allow = *allow & all_permissions;
  if (const auto deny = form.permissions("deny")) overwrite.deny = *deny & all_permissions;
  check_bot_has(guild, (overwrite.allow | overwrite.deny) - before);
}

void read_channel(FormReader& form, Simulation& sim, const Guild& guild, Channel& channel) {
  if (const auto type = form.integer("type", {0, 16})) {
    const auto wanted = static_cast<ChannelType>(*type);
    const bool fresh = channel.name.empty();
    const bool known = wanted == ChannelType::guild_text || wanted == ChannelType::guild_voice ||
                       wanted == ChannelType::guild_category || wanted == ChannelType::guild_announcement ||
                       wanted == ChannelType::guild_stage || holds_posts(wanted);
    if (!known || (!fresh && !is_convertible(channel.type, wanted))) {
      form.problem("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 2, 4, 5, 13, 15, 16}.");
    } else {
      channel.type = wanted;
    }
  }
  if (auto name = form.text("name", channel_name_length)) channel.name = channel_name(std::move(*name), channel.type);
  if (form.mentions("topic"))
    channel.topic = form.text("topic", holds_posts(channel.type) ? guidelines_length : topic_length);
  if (const auto position = form.integer("position", {0, INT32_MAX})) channel.position = static_cast<int>(*position);
  channel.nsfw = form.boolean("nsfw", channel.nsfw);
  if (const auto seconds = form.integer("rate_limit_per_user", slowmode)) {
    channel.rate_limit_per_user = static_cast<int>(*seconds);
  }
  if (form.mentions("parent_id")) {
    channel.parent = form.snowflake<ChannelId>("parent_id");
    const auto category = channel.parent ? guild.channels.find(*channel.parent) : guild.channels.end();
    if (channel.parent && (category == guild.channels.end() || category->second.type != ChannelType::guild_category)) {
      form.problem("parent_id", "CHANNEL_PARENT_INVALID_TYPE", "Not a category");
    }
  }
  if (form.find("permission_overwrites") != nullptr) channel.overwrites = read_overwrites(form, guild);
  read_settings(form, sim, channel);
}

void read_thread_settings(FormReader& form, Channel& thread) {
  if (const auto minutes = form.integer("auto_archive_duration", {0, INT32_MAX})) {
    check_archive_duration(form, "auto_archive_duration", minutes);
    thread.thread->auto_archive_duration = static_cast<int>(*minutes);
  }
  if (const auto seconds = form.integer("rate_limit_per_user", slowmode)) {
    thread.rate_limit_per_user = static_cast<int>(*seconds);
  }
  thread.thread->invitable = form.boolean("invitable", thread.thread->invitable);
  if (const auto flags = form.integer("flags", {0, INT32_MAX})) thread.settings["flags"] = *flags;
  if (form.find("applied_tags") == nullptr) return;
  boost::json::array tags;
  for (const auto id : form.snowflakes<base::Id<struct ForumTagTag>>("applied_tags", {0, 5})) {
    tags.emplace_back(id.to_string());
  }
  thread.settings["applied_tags"] = std::move(tags);
}

}  // namespace guildhall::sim
