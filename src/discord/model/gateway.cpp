#include "discord/model/gateway.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace {

/// A whole number from 0 on; nothing for what is none, or more than anybody could mean.
std::optional<unsigned> count_field(const boost::json::object& object, std::string_view name) {
  constexpr double most = 4.0e9;
  const auto number = number_field(object, name);
  if (!number || !(*number >= 0) || *number > most || std::floor(*number) != *number) return std::nullopt;
  return static_cast<unsigned>(*number);
}

namespace json = boost::json;

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

std::optional<GatewayBot> parse_gateway_bot(const boost::json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  auto url = text_field(*object, "url");
  const auto shards = count_field(*object, "shards");
  const auto* limit = object->if_contains("session_start_limit");
  if (!url || url->empty() || !shards || *shards == 0 || limit == nullptr || !limit->is_object()) return std::nullopt;
  const auto& counts = limit->get_object();
  const auto total = count_field(counts, "total");
  const auto remaining = count_field(counts, "remaining");
  const auto reset_after = count_field(counts, "reset_after");
  const auto max_concurrency = count_field(counts, "max_concurrency");
  if (!total || !remaining || !reset_after || !max_concurrency || *max_concurrency == 0) return std::nullopt;
  return GatewayBot{std::move(*url), *shards,
                    SessionStartLimit{*total, *remaining, std::chrono::milliseconds(*reset_after), *max_concurrency}};
}

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
