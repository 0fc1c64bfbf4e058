#include "discord/rest/seconds.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace {

/// Nobody waits longer than that on the word of one answer.
constexpr double longest_wait_seconds = 3600;
/// Times of the day are as long as this.
constexpr double longest_seconds = 1e11;

std::chrono::milliseconds to_milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(seconds * 1000)));
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_seconds(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  double seconds = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  if (!(seconds >= 0) || seconds > longest_seconds) return std::nullopt;
  return to_milliseconds(seconds);
}

std::optional<std::chrono::milliseconds> find_retry_after(const net::ClientResponse& response,
                                                          const boost::json::value& body) {
  const auto* object = body.if_object();
  const auto exact = object == nullptr ? std::nullopt : number_field(*object, "retry_after");
  if (exact && *exact >= 0) return to_milliseconds(std::min(*exact, longest_wait_seconds));
  const auto field = parse_seconds(response.headers.find("Retry-After"));
  if (!field) return std::nullopt;
  return std::min(*field, to_milliseconds(longest_wait_seconds));
}

}  // namespace guildhall::discord
