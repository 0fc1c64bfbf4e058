#include "discord/model/gateway.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <utility>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace {

namespace json = boost::json;

/// A whole number that is not negative and plausibly large.
std::optional<unsigned> count_field(const json::object& object, std::string_view name) {
  constexpr double max_count = 4.0e9;
  const auto number = number_field(object, name);
  if (!number || !(*number >= 0) || *number > max_count || std::floor(*number) != *number) return std::nullopt;
  return static_cast<unsigned>(*number);
}

/// `[shard_id, num_shards]`; may be absent for a bot with one shard.
std::optional<std::pair<unsigned, unsigned>> parse_shard(const json::object& ready) {
  if (!ready.contains("shard")) return std::pair{0U, 1U};
  const auto* numbers = array_field(ready, "shard");
  if (numbers == nullptr || numbers->size() != 2) return std::nullopt;
  boost::system::error_code error;
  const auto index = numbers->at(0).to_number<unsigned>(error);
  if (error) return std::nullopt;
  const auto count = numbers->at(1).to_number<unsigned>(error);
  if (error || index >= count) return std::nullopt;
  return std::pair{index, count};
}

std::optional<std::vector<base::GuildId>> parse_guilds(const json::object& ready) {
  const auto* list = array_field(ready, "guilds");
  if (list == nullptr) return std::nullopt;
  std::vector<base::GuildId> guilds;
  guilds.reserve(list->size());
  for (const auto& guild : *list) {
    const auto id = guild.is_object() ? id_field<base::GuildId>(guild.get_object(), "id") : std::nullopt;
    if (!id) return std::nullopt;  // Or the bot would seem to have left it.
    guilds.push_back(*id);
  }
  return guilds;
}

}  // namespace

std::optional<GatewayBot> parse_gateway_bot(const json::value& value) {
  const auto* object = value.if_object();
  const auto* limit = object == nullptr ? nullptr : object_field(*object, "session_start_limit");
  if (limit == nullptr) return std::nullopt;
  auto url = text_field(*object, "url");
  const auto shards = count_field(*object, "shards");
  const auto total = count_field(*limit, "total");
  const auto remaining = count_field(*limit, "remaining");
  const auto reset_after = count_field(*limit, "reset_after");
  const auto max_concurrency = count_field(*limit, "max_concurrency");
  const bool usable = url && !url->empty() && shards.value_or(0) > 0 && max_concurrency.value_or(0) > 0;
  if (!usable || !total || !remaining || !reset_after) return std::nullopt;
  return GatewayBot{std::move(*url), *shards,
                    SessionStartLimit{*total, *remaining, std::chrono::milliseconds(*reset_after), *max_concurrency}};
}

std::optional<Ready> parse_ready(const json::object& event) {
  const auto* user = object_field(event, "user");
  const auto* application = object_field(event, "application");
  if (user == nullptr || application == nullptr) return std::nullopt;
  const auto id = id_field<ApplicationId>(*application, "id");
  const auto shard = parse_shard(event);
  auto guilds = parse_guilds(event);
  if (!id || !shard || !guilds) return std::nullopt;
  // The ids of bot user and application are equal, except for very old bots.
  const auto user_id = id_field<base::UserId>(*user, "id").value_or(base::UserId{id->value()});
  return Ready{json::serialize(*user), user_id, *id, shard->first, shard->second, std::move(*guilds)};
}

}  // namespace guildhall::discord
