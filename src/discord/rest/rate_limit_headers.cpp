#include "discord/rest/rate_limit_headers.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cmath>
#include <functional>
#include <string>
#include <string_view>

#include "base/date_time.hpp"
#include "base/text.hpp"
#include "discord/model/fields.hpp"
#include "discord/rest/errors.hpp"

namespace guildhall::discord {
namespace {

using std::chrono::milliseconds;

/// A shorter limit would make us ask again at once.
constexpr milliseconds min_wait{50};
/// Some limits are per day, none is longer.
constexpr std::chrono::hours max_window{48};
/// Larger than any time of the day as X-RateLimit-Reset has it.
constexpr double max_seconds = 1e11;

template <class Number>
std::optional<Number> parse_number(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  Number number{};
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

milliseconds to_milliseconds(double seconds) {
  return milliseconds(static_cast<milliseconds::rep>(std::ceil(seconds * 1000)));
}

/// Seconds with decimals, rounded up; nothing for a negative number.
std::optional<milliseconds> parse_seconds(std::optional<std::string_view> text) {
  const auto seconds = parse_number<double>(text);
  if (!seconds || !(*seconds >= 0) || *seconds > max_seconds) return std::nullopt;
  return to_milliseconds(*seconds);
}

std::optional<BucketHeaders> read_bucket(const net::Headers& headers) {
  const auto name = headers.find("X-RateLimit-Bucket");
  const auto limit = parse_number<unsigned>(headers.find("X-RateLimit-Limit"));
  const auto remaining = parse_number<unsigned>(headers.find("X-RateLimit-Remaining"));
  const auto reset_after = parse_seconds(headers.find("X-RateLimit-Reset-After"));
  if (!name || !limit || !remaining || !reset_after) return std::nullopt;
  BucketHeaders bucket;
  bucket.name = std::hash<std::string_view>{}(*name);
  bucket.limit = std::max(1U, *limit);
  bucket.remaining = std::min(*remaining, bucket.limit);
  bucket.reset_after = std::min<milliseconds>(*reset_after, max_window);
  bucket.reset = parse_seconds(headers.find("X-RateLimit-Reset")).value_or(milliseconds(0));
  return bucket;
}

RateLimitScope scope_of(const net::Headers& headers, const boost::json::value& body) {
  const auto scope = headers.find("X-RateLimit-Scope").value_or("");
  const auto* object = body.if_object();
  const bool global = object != nullptr && flag_field(*object, "global").value_or(false);
  if (global || scope == "global" || headers.find("X-RateLimit-Global").value_or("") == "true") {
    return RateLimitScope::global;
  }
  return scope == "shared" ? RateLimitScope::shared : RateLimitScope::user;
}

/// By the clock of whoever answered, where the answer shows it.
std::optional<milliseconds> wait_until_date(const net::Headers& headers) {
  const auto date = base::parse_http_date(headers.find("Retry-After").value_or(""));
  if (!date) return std::nullopt;
  const auto now = base::parse_http_date(headers.find("Date").value_or(""))
                       .value_or(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  if (*date <= now) return std::nullopt;
  return *date - now;
}

bool is_page(std::string_view body) { return base::trim(body).starts_with('<'); }

}  // namespace

RateLimitHeaders read_rate_limit_headers(const net::ClientResponse& response) {
  RateLimitHeaders headers;
  headers.status = response.status;
  headers.bucket = read_bucket(response.headers);
  if (response.status != 429 && response.status != 403) return headers;
  boost::system::error_code malformed;
  boost::json::value body = boost::json::parse(response.body, malformed);
  if (malformed) body = nullptr;
  const bool ban = is_ban(response, body);
  if (response.status != 429 && !ban) return headers;
  auto wait = find_retry_after(response, body);
  if (wait) wait = std::max(*wait, min_wait);
  headers.limited = {ban ? RateLimitScope::address : scope_of(response.headers, body), wait};
  return headers;
}

bool is_ban(const net::ClientResponse& response, const boost::json::value& body) {
  const auto* object = body.if_object();
  if (response.status == 429) return object == nullptr && !response.headers.find("X-RateLimit-Scope");
  if (response.status != 403) return false;
  if (object == nullptr) return is_page(response.body);
  return number_field(*object, "code") == static_cast<int>(ErrorCode::address_refused);
}

std::optional<milliseconds> find_retry_after(const net::ClientResponse& response, const boost::json::value& body) {
  constexpr double max_wait_seconds = std::chrono::duration<double>(max_window).count();
  const auto* object = body.if_object();
  const auto exact = object == nullptr ? std::nullopt : number_field(*object, "retry_after");
  if (exact && *exact >= 0) return to_milliseconds(std::min(*exact, max_wait_seconds));
  auto header = parse_seconds(response.headers.find("Retry-After"));
  if (!header) header = wait_until_date(response.headers);
  if (!header) return std::nullopt;
  return std::min<milliseconds>(*header, max_window);
}

}  // namespace guildhall::discord
