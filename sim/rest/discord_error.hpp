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

/// An error response as Discord gives it (Opcodes and Status Codes, "JSON"). Handlers of routes throw it.
struct DiscordError : std::exception {
  DiscordError() = default;
  DiscordError(unsigned http_status, int discord_code, std::string text)
      : status(http_status), code(discord_code), message(std::move(text)) {}
  [[nodiscard]] const char* what() const noexcept override { return message.c_str(); }

  unsigned status = 400;
  int code = 0;
  std::string message;
  /// The problem of each field, nested as Discord does (Reference, "Error Messages"); empty if no field is at fault.
  boost::json::object errors;
};

/// `value()` throws the DiscordError.
template <class T>
using DiscordResult = boost::system::result<T, DiscordError>;
[[noreturn]] inline void throw_exception_from_error(const DiscordError& error, const boost::source_location&) {
  throw error;
}

/// A general error has the status in its text and code 0: `401: Unauthorized`.
[[nodiscard]] DiscordError general_error(unsigned status);
[[nodiscard]] DiscordError unknown_guild();
[[nodiscard]] DiscordError missing_scope();
[[nodiscard]] DiscordError invalid_api_version();
[[nodiscard]] DiscordError unknown_channel();
[[nodiscard]] DiscordError unknown_message();
[[nodiscard]] DiscordError unknown_user();
[[nodiscard]] DiscordError unknown_emoji();
[[nodiscard]] DiscordError unknown_webhook();
[[nodiscard]] DiscordError missing_access();
[[nodiscard]] DiscordError missing_permissions();
[[nodiscard]] DiscordError empty_message();
/// 50035 for an invalid field of the path or the query.
[[nodiscard]] DiscordError invalid_form(std::string_view field, std::string_view code, std::string_view problem);
[[nodiscard]] DiscordError not_a_snowflake(std::string_view field, std::string_view value);

[[nodiscard]] net::Response answer(const DiscordError& error);

/// The scope of a 429 (X-RateLimit-Scope).
enum class RateLimitScope : std::uint8_t { user, global, shared };

[[nodiscard]] std::string_view to_string(RateLimitScope scope);

/// 429 with Retry-After and the X-RateLimit-Scope of the limit.
[[nodiscard]] net::Response rate_limited_answer(RateLimitScope scope, std::chrono::milliseconds retry_after);

/// Seconds with three decimals, as in Discord's headers: `0.300`.
[[nodiscard]] std::string to_decimal_seconds(std::chrono::milliseconds time);

}  // namespace guildhall::sim
