#include "discord/gateway/commands.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/utf8.hpp"
#include "discord/gateway/payload.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;

constexpr std::size_t max_users = 100;
constexpr std::size_t max_nonce = 32;

std::string payload_text(GatewayOpcode opcode, json::value data) {
  json::object payload;
  payload["op"] = static_cast<unsigned>(opcode);
  payload["d"] = std::move(data);
  return json::serialize(payload);
}

}  // namespace

std::string identify_text(const GatewayOptions& options, ShardId shard) {
  json::object data;
  data["token"] = options.token.reveal();
  data["intents"] = static_cast<std::uint32_t>(options.intents);
  data["large_threshold"] = options.large_threshold;
  data["shard"] = json::array{shard.id, shard.count};
  data["properties"] = json::object{{"os", "linux"}, {"browser", options.library}, {"device", options.library}};
  if (options.presence) data["presence"] = to_json(*options.presence);
  return payload_text(GatewayOpcode::identify, std::move(data));
}

std::string resume_text(const base::Secret& token, const ResumePoint& point) {
  json::object data;
  data["token"] = token.reveal();
  data["session_id"] = point.session_id;
  data["seq"] = point.sequence;
  return payload_text(GatewayOpcode::resume, std::move(data));
}

std::string heartbeat_text(std::uint64_t sequence) {
  return R"({"op":1,"d":)" + (sequence == 0 ? std::string("null") : std::to_string(sequence)) + "}";
}

std::string presence_text(const Presence& presence) {
  return payload_text(GatewayOpcode::presence_update, to_json(presence));
}

base::Result<std::string> members_text(const MembersRequest& request) {
  if (request.users.size() > max_users) return base::invalid("/users", "At most 100 members can be requested at once.");
  if (request.nonce.size() > max_nonce || !base::is_utf8(request.nonce)) {
    return base::invalid("/nonce", "A nonce must be text of at most 32 bytes.");
  }
  json::object data;
  data["guild_id"] = request.guild.to_string();
  if (request.users.empty()) {
    data["query"] = "";
    data["limit"] = 0;
  } else {
    json::array users;
    for (const auto user : request.users) users.emplace_back(user.to_string());
    data["user_ids"] = std::move(users);
  }
  if (!request.nonce.empty()) data["nonce"] = request.nonce;
  return payload_text(GatewayOpcode::request_guild_members, std::move(data));
}

std::string gateway_url(std::string base, GatewayCompression compression) {
  const auto query = base.find('?');
  if (query != std::string::npos) base.erase(query);
  const auto authority = base.find("://");
  if (authority != std::string::npos && base.find('/', authority + 3) == std::string::npos) base.push_back('/');
  base.append("?v=10&encoding=json");
  if (compression != GatewayCompression::none) base.append("&compress=").append(to_string(compression));
  return base;
}

}  // namespace guildhall::discord
