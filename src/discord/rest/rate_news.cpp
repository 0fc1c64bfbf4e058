#include "discord/rest/rate_news.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <functional>
#include <string_view>

#include "discord/model/fields.hpp"
#include "discord/rest/seconds.hpp"

namespace guildhall::discord {
namespace {

/// A limit that ends at once is not believed.
constexpr std::chrono::milliseconds shortest_wait{50};
/// No window is longer: there are limits for a day.
constexpr std::chrono::hours longest_window{48};
/// Where a 429 does not say when to come back.
constexpr std::chrono::milliseconds usual_wait{1000};

std::optional<unsigned> parse_count(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  unsigned count = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), count);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return count;
}

std::optional<BucketReport> read_bucket(const net::Headers& headers) {
  const auto name = headers.find("X-RateLimit-Bucket");
  const auto limit = parse_count(headers.find("X-RateLimit-Limit"));
  const auto remaining = parse_count(headers.find("X-RateLimit-Remaining"));
  const auto reset_after = parse_seconds(headers.find("X-RateLimit-Reset-After"));
  if (!name || !limit || !remaining || !reset_after) return std::nullopt;
  BucketReport report;
  report.name = std::hash<std::string_view>{}(*name);
  report.limit = std::max(1U, *limit);
  report.remaining = std::min(*remaining, report.limit);
  report.reset_after = std::min<std::chrono::milliseconds>(*reset_after, longest_window);
  report.reset = parse_seconds(headers.find("X-RateLimit-Reset")).value_or(std::chrono::milliseconds(0));
  return report;
}

LimitScope scope_of(const net::Headers& headers, const boost::json::value& body) {
  const auto scope = headers.find("X-RateLimit-Scope").value_or("");
  const auto* object = body.if_object();
  const bool global = object != nullptr && flag_field(*object, "global").value_or(false);
  if (global || scope == "global" || headers.find("X-RateLimit-Global").value_or("") == "true") {
    return LimitScope::global;
  }
  if (scope == "shared") return LimitScope::shared;
  return object == nullptr && scope.empty() ? LimitScope::address : LimitScope::user;
}

}  // namespace

RateNews read_rate_news(const net::ClientResponse& response) {
  RateNews news;
  news.status = response.status;
  news.bucket = read_bucket(response.headers);
  if (response.status != 429) return news;
  boost::system::error_code malformed;
  boost::json::value body = boost::json::parse(response.body, malformed);
  if (malformed) body = nullptr;
  const auto wait = find_retry_after(response, body).value_or(usual_wait);
  news.limited = {scope_of(response.headers, body), std::max(wait, shortest_wait)};
  return news;
}

}  // namespace guildhall::discord
