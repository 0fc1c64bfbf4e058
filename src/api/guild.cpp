#include "api/guild.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value_to.hpp>

#include "api/command.hpp"
#include "schema/format.hpp"
#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;
namespace {

Schema prefix() {
  return text().length(1, 10).format(format::one_word).describe("What messages to the bot begin with.").example("!");
}

/// RFC 5646 section 4.4.1: what every implementation takes.
constexpr std::size_t longest_language_tag = 35;

Schema language() {
  return text().length(2, longest_language_tag).format(format::language_tag).describe("A BCP 47 tag.").example("en");
}

void append(std::string& out, const UserGuild& guild) {
  ObjectWriter writer(out);
  writer.id("id", guild.id)
      .text("name", guild.name)
      .text_or_null("icon", guild.icon)
      .flag("owner", guild.owner)
      .text("permissions", std::to_string(guild.permissions))
      .flag("manageable", guild.manageable)
      .flag("botInGuild", guild.bot_in_guild);
  if (guild.prefix) writer.text("prefix", *guild.prefix);
  if (guild.language) writer.text("language", *guild.language);
  writer.close();
}

std::optional<std::string> text_at(const json::object& body, std::string_view name) {
  const json::value* value = body.if_contains(name);
  return value == nullptr ? std::nullopt : std::optional(json::value_to<std::string>(*value));
}

}  // namespace

const Schema& user_guilds_schema() {
  static const Schema guild =
      object({
                 required("id", text().format(format::snowflake)),
                 required("name", text()),
                 required("icon", text().nullable().describe("Discord's image hash.")),
                 required("owner", boolean().describe("The user owns it.")),
                 required("permissions", text().format(format::snowflake).describe("Discord's permission bits.")),
                 required("manageable", boolean().describe("The user may see and change it here.")),
                 required("botInGuild", boolean()),
                 optional("prefix", prefix().describe("Where the bot is in the guild.")),
                 optional("language", language().describe("Where the bot is in the guild.")),
             })
          .named("UserGuild");
  static const Schema schema = list(guild);
  return schema;
}

std::string encode(std::span<const UserGuild> guilds) {
  std::string out;
  append_json_array(out, guilds, &append);
  return out;
}

const Schema& guild_update_schema() {
  static const Schema schema = object({
                                          optional("prefix", prefix()),
                                          optional("language", language()),
                                      })
                                   .named("GuildUpdate")
                                   .describe("What is absent stays as it is.")
                                   .at_least_one();
  return schema;
}

base::Result<GuildUpdate> parse_guild_update(json::value body) {
  if (const auto valid = guild_update_schema().validate(body); !valid) return valid.error();
  return GuildUpdate{text_at(body.as_object(), "prefix"), text_at(body.as_object(), "language")};
}

const Schema& guild_schema() {
  static const Schema schema = object({
                                          required("id", text().format(format::snowflake).read_only()),
                                          required("name", text().read_only()),
                                          required("icon", text().nullable().read_only()),
                                          required("prefix", prefix()),
                                          required("language", language()),
                                          required("createdAt", text().format(format::date_time).read_only()),
                                          required("updatedAt", text().format(format::date_time).read_only()),
                                          required("commands", list(command_schema()).read_only()),
                                      })
                                   .named("Guild");
  return schema;
}

std::string encode(const database::Guild& guild, std::span<const database::Command> commands) {
  std::string out;
  ObjectWriter writer(out);
  writer.id("id", guild.id)
      .text("name", guild.name)
      .text_or_null("icon", guild.icon)
      .text("prefix", guild.prefix)
      .text("language", guild.language)
      .time("createdAt", guild.created_at)
      .time("updatedAt", guild.updated_at);
  append_json(writer.open("commands"), commands);
  writer.close();
  return out;
}

}  // namespace guildhall::api
