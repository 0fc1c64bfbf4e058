#include "discord/model/ready.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace json = boost::json;
namespace {

/// `[shard_id, num_shards]`; a bot with one shard may do without.
std::optional<std::pair<unsigned, unsigned>> parse_shard(const json::object& ready) {
  const auto* shard = ready.if_contains("shard");
  if (shard == nullptr) return std::pair{0U, 1U};
  const auto* numbers = shard->if_array();
  if (numbers == nullptr || numbers->size() != 2) return std::nullopt;
  boost::system::error_code error;
  const auto index = numbers->at(0).to_number<unsigned>(error);
  if (error) return std::nullopt;
  const auto count = numbers->at(1).to_number<unsigned>(error);
  if (error || index >= count) return std::nullopt;
  return std::pair{index, count};
}

std::optional<std::vector<base::GuildId>> parse_guilds(const json::object& ready) {
  const auto* listed = ready.if_contains("guilds");
  if (listed == nullptr || !listed->is_array()) return std::nullopt;
  std::vector<base::GuildId> guilds;
  guilds.reserve(listed->get_array().size());
  for (const auto& guild : listed->get_array()) {
    const auto id = guild.is_object() ? id_field<base::GuildId>(guild.get_object(), "id") : std::nullopt;
    if (!id) return std::nullopt;
    guilds.push_back(*id);
  }
  return guilds;
}

}  // namespace

std::optional<Ready> parse_ready(const json::object& event) {
  const auto* user = event.if_contains("user");
  const auto* application = event.if_contains("application");
  if (user == nullptr || !user->is_object() || application == nullptr || !application->is_object()) return std::nullopt;
  const auto id = id_field<ApplicationId>(application->get_object(), "id");
  const auto shard = parse_shard(event);
  auto guilds = parse_guilds(event);
  if (!id || !shard || !guilds) return std::nullopt;
  return Ready{json::serialize(*user), *id, shard->first, shard->second, std::move(*guilds)};
}

}  // namespace guildhall::discord
