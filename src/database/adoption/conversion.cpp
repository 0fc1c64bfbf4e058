#include "database/adoption/conversion.hpp"

#include <algorithm>
#include <cstdint>

#include "base/log_ids.hpp"
#include "base/utf8.hpp"
#include "database/adoption/legacy_values.hpp"
#include "database/models/command_repository.hpp"

namespace guildhall::database::adoption {
namespace {

/// How long texts are in our tables, in characters.
constexpr std::size_t longest_username = 100;
constexpr std::size_t longest_hash = 100;
constexpr std::size_t longest_email = 320;
constexpr std::size_t longest_role = 64;
constexpr std::size_t longest_guild_name = 200;
constexpr std::size_t longest_source = 64;

base::Error left(std::string reason) { return base::Error{base::Errc::invalid, std::move(reason), {}, {}}; }

/// An id of Discord's.
template <class Id>
std::optional<Id> read_id(const std::optional<std::string>& text) {
  const auto id = text ? Id::parse(*text) : std::nullopt;
  return id && id->value() > 0 ? id : std::nullopt;
}

/// An id that the database counts.
template <class Id>
std::optional<Id> read_serial(const std::optional<std::string>& text) {
  const auto id = read_id<Id>(text);
  return id && id->value() <= INT64_MAX ? id : std::nullopt;
}

bool fits(const std::string& text, std::size_t longest) {
  const auto length = base::count_code_points(text);
  return length && *length <= longest;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

base::Result<AdoptedUser> Conversion::user(const LegacyRow& row) {
  changed_.clear();
  AdoptedUser adopted;
  const auto id = read_id<base::UserId>(row[Field::id]);
  if (!id) return left("its id is none of Discord's");
  const auto& username = row[Field::username];
  if (!username || username->empty() || !fits(*username, longest_username)) {
    return left("its username is not a text of 1 to 100 characters");
  }
  if (!users_.insert(*id).second) return left("another row has its id");
  adopted.user.id = *id;
  adopted.user.username = *username;
  adopted.user.global_name = read_short(row, Field::global_name, "global_name", longest_username);
  adopted.user.avatar = read_short(row, Field::avatar, "avatar", longest_hash);
  adopted.user.email = read_short(row, Field::email, "email", longest_email);
  read_times(row, adopted.user);
  const auto& token = row[Field::refresh_token];
  if (token && !token->empty()) adopted.sealed_refresh_token = rules_.seal(base::Secret(*token));
  return adopted;
}

base::Result<Role> Conversion::role(const LegacyRow& row) {
  changed_.clear();
  const auto id = read_serial<base::RoleId>(row[Field::id]);
  if (!id) return left("its id is not a number above 0");
  const auto& name = row[Field::name];
  if (!name || name->empty() || !fits(*name, longest_role)) return left("its name is not a text of 1 to 64 characters");
  const auto old_id = id->to_string();
  if (roles_.contains(old_id)) return left("another row has its id");
  const auto [same, is_new] = role_names_.emplace(lower(*name), *id);
  roles_.emplace(old_id, same->second);
  if (!is_new) return left("it is the same as role " + same->second.to_string() + ", which those who had it have now");
  if (same->first != "admin") return Role{*id, *name};
  if (*name != admin_role) changed_.emplace_back("its name is ADMIN now");
  return Role{*id, std::string(admin_role)};
}

base::Result<AdoptedUserRole> Conversion::user_role(const LegacyRow& row) {
  changed_.clear();
  const auto user = read_id<base::UserId>(row[Field::user_id]);
  if (!user || !users_.contains(*user)) return left("there is no such user, or it stays behind as well");
  const auto role = roles_.find(row[Field::role_id].value_or(""));
  if (role == roles_.end()) return left("there is no such role, or it stays behind as well");
  if (!user_roles_.emplace(*user, role->second).second) return left("the user has the role already");
  return AdoptedUserRole{*user, role->second};
}

base::Result<Guild> Conversion::guild(const LegacyRow& row) {
  changed_.clear();
  Guild guild;
  const auto id = read_id<base::GuildId>(row[Field::id]);
  if (!id) return left("its id is none of Discord's");
  if (prefixes_.contains(*id)) return left("another row has its id");
  guild.id = *id;
  // Discord tells it anew when the bot starts.
  guild.name = read_short(row, Field::name, "name", longest_guild_name).value_or(id->to_string());
  guild.icon = read_short(row, Field::icon, "icon", longest_hash);
  if (const auto& prefix = row[Field::prefix]) {
    if (rules_.prefix(*prefix)) {
      guild.prefix = *prefix;
    } else {
      changed_.push_back("its prefix is not allowed and is " + guild.prefix + " now");
    }
  }
  if (const auto& language = row[Field::language]) {
    if (const auto tag = language_tag(*language); rules_.language(tag)) {
      guild.language = tag;
    } else {
      changed_.push_back("its language is no BCP 47 tag and is " + guild.language + " now");
    }
  }
  read_times(row, guild);
  prefixes_.emplace(*id, guild.prefix);
  return guild;
}

base::Result<Command> Conversion::command(const LegacyRow& row) {
  changed_.clear();
  Command command;
  const auto id = read_serial<base::CommandId>(row[Field::id]);
  if (!id) return left("its id is not a number above 0");
  const auto guild = read_id<base::GuildId>(row[Field::guild_id]);
  if (!guild || !prefixes_.contains(*guild)) return left("there is no such guild, or it stays behind as well");
  command.id = *id;
  command.guild_id = *guild;
  command.trigger = row[Field::trigger].value_or("");
  if (!base::is_utf8(command.trigger) || !base::is_utf8(row[Field::interaction].value_or(""))) {
    return left("its text is not UTF-8");
  }
  if (auto allowed = check_place(command); !allowed) return allowed.error();
  auto checked = rules_.command(command.trigger, row[Field::response].value_or(""), row[Field::interaction]);
  if (!checked) return checked.error();
  if (checked->trimmed) changed_.emplace_back("its response had fields that are not known and are left out");
  command.response = std::move(checked->response);
  command.interaction = std::move(checked->interaction);
  read_times(row, command);
  commands_.insert(command.id);
  triggers_[command.guild_id].insert(command.trigger);
  return command;
}

/// Whether the guild and the table have room for it.
base::Result<void> Conversion::check_place(const Command& command) const {
  if (commands_.contains(command.id)) return left("another row has its id");
  if (command.trigger.starts_with(prefixes_.at(command.guild_id))) {
    return left("its trigger begins with the guild's prefix");
  }
  const auto triggers = triggers_.find(command.guild_id);
  if (triggers == triggers_.end()) return {};
  if (triggers->second.contains(command.trigger)) return left("the guild has a command with its trigger already");
  if (triggers->second.size() >= CommandRepository::max_commands) {
    return left("the guild has " + std::to_string(CommandRepository::max_commands) + " commands already");
  }
  return {};
}

base::Result<Log> Conversion::log(const LegacyRow& row) {
  changed_.clear();
  Log log;
  const auto time = read_time(row[Field::date].value_or(""));
  if (!time) return left("its date cannot be read");
  const auto& message = row[Field::message];
  const auto& stack = row[Field::stack];
  if (!base::is_utf8(message.value_or("")) || !base::is_utf8(stack.value_or(""))) return left("its text is not UTF-8");
  const auto level = read_level(row[Field::level].value_or(""));
  if (!level) changed_.emplace_back("its level is not known and is info now");
  log.level = level.value_or(base::LogLevel::info);
  log.source = read_short(row, Field::source, "source", longest_source).value_or("");
  log.message = message.value_or("");
  log.timestamp = *time;
  if (stack && !stack->empty()) log.stacktrace = stack;
  // One that claims to be of the future must not push those of today behind it.
  const auto least = base::LogIds::first(std::min(*time, now_));
  last_log_ = LogId{std::max(last_log_.value() + 1, least)};
  log.id = last_log_;
  return log;
}

template <class Row>
void Conversion::read_times(const LegacyRow& from, Row& to) {
  const auto created = read_time(from[Field::created_at].value_or(""));
  const auto updated = read_time(from[Field::updated_at].value_or(""));
  if (!created && !updated) changed_.emplace_back("it did not say when it was made, and says now instead");
  to.created_at = created.value_or(updated.value_or(now_));
  to.updated_at = updated.value_or(to.created_at);
}

/// A text that may be missing, and is dropped where it is longer than our column.
std::optional<std::string> Conversion::read_short(const LegacyRow& from, Field field, std::string_view name,
                                                  std::size_t longest) {
  std::optional<std::string> text = from[field];
  if (text && (field == Field::avatar || field == Field::icon)) text = std::string(image_hash(*text));
  if (!text || text->empty()) return std::nullopt;
  if (fits(*text, longest)) return text;
  changed_.push_back("its " + std::string(name) + " is longer than " + std::to_string(longest) +
                     " characters, or not UTF-8, and is left out");
  return std::nullopt;
}

}  // namespace guildhall::database::adoption
