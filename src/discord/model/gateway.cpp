#include "discord/model/gateway.hpp"

#include <algorithm>
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

/// Of `[shard_id, num_shards]`, which may be absent for a bot with one shard.
std::optional<unsigned> parse_shard_count(const json::object& ready) {
  if (!ready.contains("shard")) return 1;
  const auto* numbers = array_field(ready, "shard");
  if (numbers == nullptr || numbers->size() != 2) return std::nullopt;
  boost::system::error_code error;
  const auto count = numbers->at(1).to_number<unsigned>(error);
  return error || count == 0 ? std::nullopt : std::optional(count);
}

}  // namespace

std::optional<GatewayBot> parse_gateway_bot(const json::value& value) {
  const auto* object = value.if_object();
  auto url = object == nullptr ? std::nullopt : text_field(*object, "url");
  if (!url || url->empty()) return std::nullopt;
  GatewayBot bot;
  bot.url = std::move(*url);
  bot.shards = std::max(1U, count_field(*object, "shards").value_or(1));
  if (const auto* given = object_field(*object, "session_start_limit")) {
    auto& limit = bot.session_start_limit;
    limit.total = count_field(*given, "total").value_or(limit.total);
    limit.remaining = count_field(*given, "remaining").value_or(limit.total);
    limit.reset_after = std::chrono::milliseconds(count_field(*given, "reset_after").value_or(0));
    limit.max_concurrency = std::max(1U, count_field(*given, "max_concurrency").value_or(1));
  }
  return bot;
}

Ready parse_ready(const json::object& event) {
  Ready ready;
  if (const auto* user = object_field(event, "user")) {
    ready.user_id = id_field<base::UserId>(*user, "id").value_or(base::UserId{});
    if (ready.user_id != base::UserId{}) ready.user = json::serialize(*user);
  }
  const auto* application = object_field(event, "application");
  const auto id = application == nullptr ? std::nullopt : id_field<ApplicationId>(*application, "id");
  // The ids of bot user and application are equal, except for very old bots.
  ready.application = id.value_or(ApplicationId{ready.user_id.value()});
  const auto shards = parse_shard_count(event);
  const auto* guilds = array_field(event, "guilds");
  ready.complete = shards && guilds != nullptr;
  ready.shards = shards.value_or(1);
  if (guilds == nullptr) return ready;
  for (const auto& guild : *guilds) {
    const auto guild_id = guild.is_object() ? id_field<base::GuildId>(guild.get_object(), "id") : std::nullopt;
    if (guild_id) ready.guilds.push_back(*guild_id);
    ready.complete = ready.complete && guild_id;
  }
  return ready;
}

}  // namespace guildhall::discord
