#include "api/guild_lists.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "api/query.hpp"
#include "api/resource.hpp"
#include "schema/format.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using discord::ListedChannel;
using discord::ListedEmoji;
using discord::ListedMember;
using discord::Role;

/// Discord: resources/channel, Channel Types.
constexpr std::int64_t category = 4;
constexpr std::int64_t max_members = 100;
/// The longest name of a user at Discord.
constexpr std::size_t max_member_name = 32;

Schema nullable_id() { return id().nullable(); }

constexpr auto channel_fields = resource<ListedChannel>(
    Field<&ListedChannel::id>{id}, Field<&ListedChannel::type, JsonNumber>{[] {
      return integer().describe("As Discord numbers the types of channels; 4 is a category.");
    }},
    Field<&ListedChannel::name>{text},
    Field<&ListedChannel::parent_id>{[] { return nullable_id().describe("The category that it is in."); }},
    Field<&ListedChannel::position, JsonNumber>{
        [] { return integer().describe("Among the channels of its category; smaller numbers are above."); }});

constexpr auto role_fields = resource<Role>(
    Field<&Role::id>{[] { return id().describe("That of `@everyone` is the server's."); }}, Field<&Role::name>{text},
    Field<&Role::color, JsonNumber>{[] { return integer().describe("0xRRGGBB; 0 if it has none."); }},
    Field<&Role::position, JsonNumber>{[] { return integer().describe("Greater numbers are above."); }},
    Field<&Role::managed>{[] { return boolean().describe("It belongs to a bot or an integration."); }},
    Field<&Role::mentionable>{boolean}, Hidden<&Role::permissions>{}, Hidden<&Role::hoist>{}, Hidden<&Role::bot>{});

constexpr auto emoji_fields = resource<ListedEmoji>(
    Field<&ListedEmoji::id>{id}, Field<&ListedEmoji::name>{text}, Field<&ListedEmoji::animated>{boolean},
    Field<&ListedEmoji::available>{[] { return boolean().describe("False while the server has lost its boosts."); }});

constexpr auto member_fields = resource<ListedMember>(
    Field<&ListedMember::id>{id}, Field<&ListedMember::username>{text},
    Field<&ListedMember::global_name>{nullable_text}, Field<&ListedMember::nick>{nullable_text},
    Field<&ListedMember::avatar>{[] { return nullable_text().describe("Discord's image hash."); }});

template <class Items, class Resource>
std::string encode_list(const Items& items, const Resource& fields) {
  std::string out;
  append_json_array(out, items, [&fields](std::string& json, const auto& item) { fields.append(json, item); });
  return out;
}

const Schema& member_query_schema() {
  static const Schema schema =
      object({required("query", text().length(1, max_member_name)), optional("limit", integer().range(1, max_members))})
          .open();
  return schema;
}

}  // namespace

const Schema& channels_schema() {
  static const Schema schema = list(object(channel_fields.output()).named("GuildChannel"));
  return schema;
}

std::string encode(std::vector<ListedChannel> channels) {
  std::map<discord::ChannelId, std::int64_t> categories;
  for (const auto& channel : channels) {
    if (channel.type == category) categories[channel.id] = channel.position;
  }
  const auto place = [&](const ListedChannel& channel) {
    const bool is_category = channel.type == category;
    const auto group = is_category ? channel.id : channel.parent_id.value_or(discord::ChannelId{});
    const auto found = categories.find(group);
    const bool grouped = found != categories.end();
    return std::tuple(grouped, grouped ? found->second : 0, grouped ? group : discord::ChannelId{}, !is_category,
                      channel.position, channel.id);
  };
  std::ranges::sort(channels, {}, place);
  return encode_list(channels, channel_fields);
}

const Schema& roles_schema() {
  static const Schema schema = list(object(role_fields.output()).named("GuildRole"));
  return schema;
}

std::string encode(std::vector<Role> roles) {
  // Discord: topics/permissions, Role Structure: of roles at one position the one with the lower id is above.
  std::ranges::sort(roles, {}, [](const Role& role) { return std::tuple(-std::int64_t{role.position}, role.id); });
  return encode_list(roles, role_fields);
}

const Schema& emojis_schema() {
  static const Schema schema = list(object(emoji_fields.output()).named("GuildEmoji"));
  return schema;
}

std::string encode(std::vector<ListedEmoji> emojis) {
  std::ranges::sort(emojis, {}, [](const ListedEmoji& emoji) { return std::tie(emoji.name, emoji.id); });
  return encode_list(emojis, emoji_fields);
}

const Schema& members_schema() {
  static const Schema schema = list(object(member_fields.output()).named("GuildMember"));
  return schema;
}

std::string encode(const std::vector<ListedMember>& members) { return encode_list(members, member_fields); }

base::Result<MemberQuery> parse_member_query(const net::FormFields& query) {
  const auto given = read_query(member_query_schema(), query);
  if (!given) return given.error();
  MemberQuery parsed{std::string(given->at("query").as_string())};
  if (const auto* limit = given->if_contains("limit")) parsed.limit = static_cast<std::size_t>(limit->as_int64());
  return parsed;
}

std::vector<Parameter> member_query_parameters() {
  return {query_parameter(member_query_schema(), "query",
                          "What the username, the global name or the nickname begins with.", "gra"),
          query_parameter(member_query_schema(), "limit", "How many members at most; 25 if absent.", 25)};
}

}  // namespace guildhall::api
