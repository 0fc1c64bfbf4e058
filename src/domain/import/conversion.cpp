#include "domain/import/conversion.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cstdint>

#include "api/command.hpp"
#include "api/guild.hpp"
#include "base/log_ids.hpp"
#include "base/text.hpp"
#include "base/text/hidden.hpp"
#include "base/text/word_key.hpp"
#include "base/utf8.hpp"
#include "domain/command_rules.hpp"
#include "domain/import/legacy_values.hpp"

namespace guildhall::domain {
namespace {

namespace json = boost::json;

// The sizes of columns, in characters.
constexpr std::size_t max_username = 100;
constexpr std::size_t max_hash = 100;
constexpr std::size_t max_email = 320;
constexpr std::size_t max_role = 64;
constexpr std::size_t max_guild_name = 200;
constexpr std::size_t max_source = 64;

base::Error left(std::string reason) { return {base::Errc::invalid, std::move(reason)}; }

/// An id above 0, and up to `max`.
template <class Id>
std::optional<Id> read_id(const std::optional<std::string>& text, std::uint64_t max = UINT64_MAX) {
  const auto id = text ? Id::parse(*text) : std::nullopt;
  return id && id->value() > 0 && id->value() <= max ? id : std::nullopt;
}

bool fits(const std::string& text, std::size_t max) {
  const auto length = base::count_code_points(text);
  return length && *length <= max;
}

bool is_text(const std::optional<std::string>& text, std::size_t max) {
  return text && !text->empty() && fits(*text, max);
}

/// Whether the API accepts `value` as the guild's `setting`.
bool is_allowed(std::string_view setting, std::string_view value) {
  return api::parse_guild_update(json::object{{setting, value}}).has_value();
}

/// Removes members that are null, and those that the API does not know. Returns whether it removed any of the latter.
bool trim(json::object& response) {
  static constexpr std::array<std::string_view, 5> known{"content", "embeds", "components", "onlyCaller",
                                                         "expiresAfter"};
  json::object kept;
  bool trimmed = false;
  for (auto& [name, value] : response) {
    if (value.is_null()) continue;
    if (std::ranges::find(known, std::string_view(name)) == known.end()) {
      trimmed = true;
    } else {
      kept.emplace(name, value);
    }
  }
  response = std::move(kept);
  return trimmed;
}

bool has_text(const json::value& value) {
  if (const auto* text = value.if_string()) return !base::trim(*text).empty();
  if (const auto* list = value.if_array()) return std::ranges::any_of(*list, has_text);
  const auto* object = value.if_object();
  return object != nullptr && std::ranges::any_of(*object, [](const auto& member) { return has_text(member.value()); });
}

/// Removes embeds that show nothing, as the old front end's "Add embed" left them. Returns whether there were any.
bool remove_empty_embeds(json::object& response) {
  static constexpr std::array<std::string_view, 7> visible{"title",     "description", "fields", "image",
                                                           "thumbnail", "footer",      "author"};
  auto* const embeds = response.if_contains("embeds");
  if (embeds == nullptr || !embeds->is_array()) return false;
  const auto shows_nothing = [](const json::value& embed) {
    const auto* parts = embed.if_object();
    return embed.is_null() || (parts != nullptr && std::ranges::none_of(visible, [&](std::string_view name) {
                                 const auto* part = parts->if_contains(name);
                                 return part != nullptr && has_text(*part);
                               }));
  };
  auto& list = embeds->get_array();
  const auto before = list.size();
  list.erase(std::remove_if(list.begin(), list.end(), shows_nothing), list.end());
  return list.size() < before;
}

}  // namespace

base::Result<ImportedUser> Conversion::user(const LegacyRow& row) {
  changed_.clear();
  const auto id = read_id<base::UserId>(row["id"]);
  if (!id) return left("its id is not a Discord id");
  if (!is_text(row["username"], max_username)) return left("its username is not a text of 1 to 100 characters");
  if (!users_.insert(*id).second) return left("another row has its id");
  ImportedUser user;
  user.id = *id;
  user.username = *row["username"];
  user.global_name = read_short(row, "global_name", max_username);
  user.avatar = read_short(row, "avatar", max_hash);
  user.email = read_short(row, "email", max_email);
  read_times(row, user);
  const auto& token = row["refresh_token"];
  if (token && !token->empty()) user.refresh_token = seal_(base::Secret(*token));
  return user;
}

base::Result<database::Role> Conversion::role(const LegacyRow& row) {
  changed_.clear();
  const auto id = read_id<base::RoleId>(row["id"], INT64_MAX);
  if (!id) return left("its id is not a number above 0");
  if (!is_text(row["name"], max_role)) return left("its name is not a text of 1 to 64 characters");
  const std::string& name = *row["name"];
  if (roles_.contains(*row["id"])) return left("another row has its id");
  const auto [same, is_new] = role_names_.emplace(base::to_lower(name), *id);
  roles_.emplace(*row["id"], same->second);
  if (!is_new) return left("it is the same as role " + same->second.to_string() + ", which its users have now");
  for (const auto own : {database::admin_role, database::user_role}) {
    if (same->first != base::to_lower(std::string(own))) continue;
    if (name != own) changed_.push_back("its name is " + std::string(own) + " now");
    return database::Role{*id, std::string(own)};
  }
  return database::Role{*id, name};
}

base::Result<ImportedUserRole> Conversion::user_role(const LegacyRow& row) {
  changed_.clear();
  const auto user = read_id<base::UserId>(row["user_id"]);
  if (!user || !users_.contains(*user)) return left("its user does not exist or is left out");
  const auto role = roles_.find(row["role_id"].value_or(""));
  if (role == roles_.end()) return left("its role does not exist or is left out");
  if (!user_roles_.emplace(*user, role->second).second) return left("the user has the role already");
  return ImportedUserRole{*user, role->second};
}

base::Result<database::Guild> Conversion::guild(const LegacyRow& row) {
  changed_.clear();
  const auto id = read_id<base::GuildId>(row["id"]);
  if (!id) return left("its id is not a Discord id");
  if (guilds_.contains(*id)) return left("another row has its id");
  database::Guild guild;
  guild.id = *id;
  // Discord sends the name again when the bot starts.
  guild.name = read_short(row, "name", max_guild_name).value_or(id->to_string());
  guild.icon = read_short(row, "icon", max_hash);
  if (const auto& prefix = row["prefix"]) {
    if (is_allowed("prefix", *prefix)) {
      guild.prefix = *prefix;
    } else {
      changed_.push_back("its prefix is not allowed and is " + guild.prefix + " now");
    }
  }
  if (const auto& language = row["language"]) {
    if (const auto tag = language_tag(*language); is_allowed("language", tag)) {
      guild.language = tag;
    } else {
      changed_.push_back("its language is not a BCP 47 tag and is " + guild.language + " now");
    }
  }
  read_times(row, guild);
  guilds_.emplace(*id, Place{guild.prefix});
  return guild;
}

base::Result<database::Command> Conversion::command(const LegacyRow& row) {
  changed_.clear();
  const auto id = read_id<base::CommandId>(row["id"], INT64_MAX);
  if (!id) return left("its id is not a number above 0");
  const auto guild = read_id<base::GuildId>(row["guild_id"]);
  const auto place = guild ? guilds_.find(*guild) : guilds_.end();
  if (place == guilds_.end()) return left("its guild does not exist or is left out");
  if (commands_.contains(*id)) return left("another row has its id");
  database::Command command;
  command.id = *id;
  command.guild_id = *guild;
  auto checked = fill(command, row);
  auto& [prefix, triggers, keys] = place->second;
  // The limits do not count here: what a server has is taken over.
  if (checked) {
    checked = check_command(command, {.prefix = prefix, .trigger_taken = triggers.contains(command.trigger)});
  }
  if (!checked) {
    const auto& error = checked.error();
    return left(error.field.empty() ? error.message : error.field + ": " + error.message);
  }
  read_times(row, command);
  commands_.insert(command.id);
  triggers.insert(command.trigger);
  if (!keys.insert(base::word_key(command.trigger)).second) {
    changed_.emplace_back(
        "another command of its guild has the same trigger but for its case or form; both are kept, and each answers "
        "to its own spelling");
  }
  return command;
}

/// Sets what people write in a command, as the API would.
base::Result<void> Conversion::fill(database::Command& command, const LegacyRow& row) {
  const auto trigger = row["trigger"].value_or("");
  if (!base::is_utf8(trigger) || !base::is_utf8(row["interaction"].value_or(""))) return left("its text is not UTF-8");
  const auto visible = base::without_hidden(trigger);
  if (visible != trigger) changed_.emplace_back("its trigger had characters that cannot be seen, which are left out");
  auto response = read_response(row["response"].value_or(""));
  if (!response) return left("its response is not JSON");
  if (response->is_object() && trim(response->as_object())) {
    changed_.emplace_back("its response had unknown fields, which are left out");
  }
  if (response->is_object() && remove_empty_embeds(response->as_object())) {
    changed_.emplace_back("its response had an empty embed, which is left out");
  }
  auto input = api::parse_command_create(json::object{
      {"trigger", visible}, {"response", *std::move(response)}, {"interaction", read_interaction(row["interaction"])}});
  if (!input) return input.error();
  command.trigger = *std::move(input->trigger);
  command.response = *std::move(input->response);
  command.interaction = std::move(input->interaction).value_or(std::nullopt);
  command.size = database::stored_size(command);
  return {};
}

base::Result<database::Log> Conversion::log(const LegacyRow& row) {
  changed_.clear();
  const auto time = read_time(row["date"].value_or(""));
  if (!time) return left("its date cannot be read");
  const auto& stack = row["stack"];
  database::Log log;
  log.message = row["message"].value_or("");
  if (!base::is_utf8(log.message) || !base::is_utf8(stack.value_or(""))) return left("its text is not UTF-8");
  const auto level = read_level(row["level"].value_or(""));
  if (!level) changed_.emplace_back("its level is not known and is info now");
  log.level = level.value_or(base::LogLevel::info);
  log.source = read_short(row, "source", max_source).value_or("");
  log.timestamp = *time;
  if (stack && !stack->empty()) log.stacktrace = stack;
  // A log with a date in the future must not get an id above those of today.
  const auto min = base::LogIds::first(std::min(*time, now_));
  last_log_ = database::LogId{std::max(last_log_.value() + 1, min)};
  log.id = last_log_;
  return log;
}

template <class Row>
void Conversion::read_times(const LegacyRow& from, Row& to) {
  const auto created = read_time(from["created_at"].value_or(""));
  const auto updated = read_time(from["updated_at"].value_or(""));
  if (!created && !updated) changed_.emplace_back("it has no creation time and gets the current one");
  to.created_at = created.value_or(updated.value_or(now_));
  to.updated_at = updated.value_or(to.created_at);
}

/// A text that may be missing. It is left out if it is longer than its column.
std::optional<std::string> Conversion::read_short(const LegacyRow& from, std::string_view column, std::size_t max) {
  std::optional<std::string> text = from[column];
  if (text && (column == "avatar" || column == "icon")) text = std::string(image_hash(*text));
  if (!text || text->empty()) return std::nullopt;
  if (fits(*text, max)) return text;
  changed_.push_back("its " + std::string(column) + " is longer than " + std::to_string(max) +
                     " characters, or not UTF-8, and is left out");
  return std::nullopt;
}

}  // namespace guildhall::domain
