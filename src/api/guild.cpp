#include "api/guild.hpp"

#include "api/command.hpp"
#include "api/resource.hpp"
#include "base/text/word_key.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using database::Guild;

/// RFC 5646 section 4.4.1: what every implementation takes.
constexpr std::size_t max_language_tag = 35;

constexpr std::size_t max_prefix = 10;
/// What the column holds.
constexpr std::size_t max_prefix_text = 80;

std::optional<Fault> check_prefix_length(const boost::json::value& prefix) {
  const auto length = base::count_characters(prefix.as_string());
  if (length <= max_prefix) return std::nullopt;
  return Fault{
      "", "Must be at most " + std::to_string(max_prefix) + " characters; this has " + std::to_string(length) + "."};
}

Schema prefix() {
  return text()
      .length(1, max_prefix_text)
      .format(format::one_word)
      .rule(&check_prefix_length, "It has at most 10 characters, of which a custom emoji is one.")
      .rule(&check_visible, visible_rule)
      .describe("What messages to the bot begin with.")
      .example("!");
}

Schema language() {
  return text().length(2, max_language_tag).format(format::language_tag).describe("A BCP 47 tag.").example("en");
}

constexpr auto guild_fields =
    resource<Guild>(Field<&Guild::id>{id}, Field<&Guild::name>{text}, Field<&Guild::icon>{nullable_text},
                    Field<&Guild::prefix>{prefix, Input::required}, Field<&Guild::language>{language, Input::required},
                    Hidden<&Guild::left_at>{}, Field<&Guild::created_at>{time}, Field<&Guild::updated_at>{time});

constexpr std::string_view with_bot = "Present if the bot is in the server.";

constexpr auto user_guild_fields = resource<UserGuild>(
    Field<&UserGuild::id>{id}, Field<&UserGuild::name>{text},
    Field<&UserGuild::icon>{[] { return nullable_text().describe("Discord's image hash."); }},
    Field<&UserGuild::owner>{[] { return boolean().describe("The user owns the server."); }},
    Field<&UserGuild::permissions>{[] { return id().describe("Discord's permission bits."); }},
    Field<&UserGuild::manageable>{[] { return boolean().describe("The user may see and change the server here."); }},
    Field<&UserGuild::bot_in_guild>{boolean},
    Field<&UserGuild::prefix>{[] { return prefix().describe(with_bot); }, Input::none, WhenEmpty::absent},
    Field<&UserGuild::language>{[] { return language().describe(with_bot); }, Input::none, WhenEmpty::absent});

}  // namespace

const Schema& user_guilds_schema() {
  static const Schema schema = list(object(user_guild_fields.output()).named("UserGuild"));
  return schema;
}

std::string encode(std::span<const UserGuild> guilds) {
  std::string out;
  append_json_array(out, guilds,
                    [](std::string& json, const UserGuild& guild) { user_guild_fields.append(json, guild); });
  return out;
}

const Schema& guild_update_schema() {
  static const Schema schema =
      object(guild_fields.patch()).named("GuildUpdate").describe("Absent fields stay as they are.").at_least_one();
  return schema;
}

base::Result<GuildUpdate> parse_guild_update(boost::json::value body) {
  if (const auto valid = guild_update_schema().validate(body); !valid) return valid.error();
  return guild_fields.read<GuildUpdate>(body.as_object());
}

const Schema& guild_schema() {
  static const Schema schema = [] {
    auto properties = guild_fields.output();
    properties.push_back(required("commands", list(any_of({command_summary_schema(), command_schema()})).read_only()));
    properties.push_back(optional("next", next_command_schema()));
    return object(std::move(properties)).named("Guild");
  }();
  return schema;
}

std::string encode(const Guild& guild, std::span<const database::CommandSummary> commands) {
  std::string out;
  ObjectWriter writer(out);
  guild_fields.append_fields(writer, guild);
  append_json(writer.open("commands"), commands);
  writer.close();
  return out;
}

std::string encode(const Guild& guild, const database::CommandPage& commands) {
  std::string out;
  ObjectWriter writer(out);
  guild_fields.append_fields(writer, guild);
  append_page(writer, commands);
  writer.close();
  return out;
}

}  // namespace guildhall::api
