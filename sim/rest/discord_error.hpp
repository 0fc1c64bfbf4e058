#pragma once

#include <boost/json/object.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "net/http.hpp"

namespace guildhall::sim {

/// A refusal in Discord's words (Opcodes and Status Codes, "JSON").
struct DiscordError {
  DiscordError() = default;
  DiscordError(unsigned http_status, int discord_code, std::string text)
      : status(http_status), code(discord_code), message(std::move(text)) {}

  unsigned status = 400;
  int code = 0;
  std::string message;
  /// What is wrong with which field, as Discord nests it (Reference, "Error Messages"); empty where it is no field.
  boost::json::object errors;
};

template <class T>
using DiscordResult = boost::system::result<T, DiscordError>;

/// The general refusals carry the status in their text and no code: `401: Unauthorized`.
[[nodiscard]] DiscordError general_error(unsigned status);
[[nodiscard]] DiscordError unknown_guild();
[[nodiscard]] DiscordError missing_scope();
[[nodiscard]] DiscordError invalid_api_version();
[[nodiscard]] DiscordError unknown_channel();
[[nodiscard]] DiscordError unknown_message();
[[nodiscard]] DiscordError unknown_user();
[[nodiscard]] DiscordError missing_access();
[[nodiscard]] DiscordError missing_permissions();
[[nodiscard]] DiscordError empty_message();
/// A field of the path or the query that Discord would not take: 50035 with the problem at that field.
[[nodiscard]] DiscordError invalid_form(std::string_view field, std::string_view code, std::string_view problem);
[[nodiscard]] DiscordError not_a_snowflake(std::string_view field, std::string_view value);

[[nodiscard]] net::Response answer(const DiscordError& error);

/// Whose limit a 429 is about (X-RateLimit-Scope).
enum class RateLimitScope : std::uint8_t { user, global, shared };

[[nodiscard]] std::string_view to_string(RateLimitScope scope);

/// 429 with Retry-After and the X-RateLimit-Scope of the limit.
[[nodiscard]] net::Response rate_limited_answer(RateLimitScope scope, std::chrono::milliseconds retry_after);

/// Seconds with three decimals, as Discord writes times in header fields: `0.300`.
[[nodiscard]] std::string to_decimal_seconds(std::chrono::milliseconds time);

}  // namespace guildhall::sim
