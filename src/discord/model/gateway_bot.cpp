#include "discord/model/gateway_bot.hpp"

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

}  // namespace guildhall::discord
