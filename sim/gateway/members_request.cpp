#include "sim/gateway/members_request.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <string>
#include <utility>

#include "sim/objects/guild.hpp"
#include "sim/world/object_reader.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::size_t chunk_size = 1000;
constexpr std::size_t max_named = 100;
constexpr std::size_t max_nonce = 32;

struct MembersRequest {
  GuildId guild;
  std::optional<std::string> query;
  std::size_t limit = 0;
  std::vector<UserId> users;
  std::optional<std::string> nonce;

  [[nodiscard]] bool wants_all() const { return query && query->empty() && limit == 0; }
};

/// An id is a text, or a number as discord.py sends it.
template <class Id>
Id read_id(const ObjectReader& reader, std::string_view name, const boost::json::value& item) {
  const auto* text = item.if_string();
  const auto id = Id::parse(text == nullptr ? boost::json::serialize(item) : std::string(*text));
  if (!id) reader.fail(name, "This is no id.");
  return *id;
}

/// Throws base::ErrorException.
MembersRequest read_request(const boost::json::value& data) {
  ObjectReader reader(data, "");
  MembersRequest request;
  request.guild = read_id<GuildId>(reader, "guild_id", reader.value("guild_id"));
  if (reader.has("query")) {
    request.query = reader.text("query", 0, 128);
    request.limit = static_cast<std::size_t>(reader.integer("limit", 0, 1'000'000));
  } else {
    const auto& users = reader.value("user_ids");
    if (const auto* list = users.if_array()) {
      for (const auto& item : *list) request.users.push_back(read_id<UserId>(reader, "user_ids", item));
    } else {
      request.users.push_back(read_id<UserId>(reader, "user_ids", users));
    }
    if (request.users.size() > max_named) reader.fail("user_ids", "These are too many.");
  }
  if (reader.has("nonce") && reader.value("nonce").is_string()) {
    const auto& nonce = reader.value("nonce").get_string();
    if (nonce.size() <= max_nonce) request.nonce = std::string(nonce);
  }
  return request;
}

std::string username_of(const World& world, UserId id) {
  if (id == world.application.bot_user_id()) return world.application.bot_username;
  const User* user = world.find_user(id);
  return user == nullptr ? "" : user->username;
}

std::vector<object> members_by_query(const World& world, const Guild& guild, const MembersRequest& request) {
  const std::size_t limit = request.wants_all()  ? SIZE_MAX
                            : request.limit == 0 ? max_named
                                                 : std::min(request.limit, max_named);
  std::vector<object> members;
  const auto take = [&](UserId id, const Member& member) {
    if (members.size() < limit && username_of(world, id).starts_with(*request.query)) {
      members.push_back(member_response(world, guild, id, member));
    }
  };
  take(world.application.bot_user_id(), guild.bot_member);
  for (const auto& [id, member] : guild.members) take(id, member);
  return members;
}

std::vector<object> members_by_id(const World& world, const Guild& guild, const MembersRequest& request,
                                  array& not_found) {
  std::vector<object> members;
  for (const UserId id : request.users) {
    if (const Member* member = find_member(world, guild, id)) {
      members.push_back(member_response(world, guild, id, *member));
    } else {
      not_found.emplace_back(id.to_string());
    }
  }
  return members;
}

}  // namespace

Read<std::vector<object>> members_chunks(const World& world, const boost::json::value& data, Intents intents) {
  MembersRequest request;
  try {
    request = read_request(data);
  } catch (const base::ErrorException&) {
    return GatewayClose::decode_error;
  }
  const Guild* guild = world.find_guild(request.guild);
  std::vector<object> chunks;
  if (guild == nullptr || !guild->visible_to_bot()) return chunks;
  if (request.wants_all() && !intents.has_any(intent::guild_members)) return chunks;
  array not_found;
  const auto members =
      request.query ? members_by_query(world, *guild, request) : members_by_id(world, *guild, request, not_found);
  const std::size_t count = std::max<std::size_t>(1, (members.size() + chunk_size - 1) / chunk_size);
  for (std::size_t i = 0; i < count; ++i) {
    array part;
    for (std::size_t at = i * chunk_size; at < std::min(members.size(), (i + 1) * chunk_size); ++at) {
      part.push_back(members[at]);
    }
    object chunk{
        {"guild_id", guild->id.to_string()}, {"members", std::move(part)}, {"chunk_index", i}, {"chunk_count", count}};
    if (!not_found.empty()) chunk["not_found"] = not_found;
    if (request.nonce) chunk["nonce"] = *request.nonce;
    chunks.push_back(std::move(chunk));
  }
  return chunks;
}

}  // namespace guildhall::sim
