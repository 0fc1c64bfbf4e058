#pragma once

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
};

template <class T>
using DiscordResult = boost::system::result<T, DiscordError>;

/// The general refusals carry the status in their text and no code: `401: Unauthorized`.
[[nodiscard]] DiscordError general_error(unsigned status);
[[nodiscard]] DiscordError unknown_guild();
[[nodiscard]] DiscordError missing_scope();
[[nodiscard]] DiscordError invalid_api_version();
/// A query parameter or field that Discord would not take. Discord puts the details into `errors`, with codes that are
/// texts; its OpenAPI document allows numbers only, so they are in the message here.
[[nodiscard]] DiscordError invalid_form(std::string_view field, std::string_view problem);

[[nodiscard]] net::Response answer(const DiscordError& error);

/// Whose limit a 429 is about (X-RateLimit-Scope).
enum class RateLimitScope : std::uint8_t { user, global, shared };

[[nodiscard]] std::string_view to_string(RateLimitScope scope);

/// 429 with Retry-After and the X-RateLimit-Scope of the limit.
[[nodiscard]] net::Response rate_limited_answer(RateLimitScope scope, std::chrono::milliseconds retry_after);

/// Seconds with three decimals, as Discord writes times in header fields: `0.300`.
[[nodiscard]] std::string to_decimal_seconds(std::chrono::milliseconds time);

}  // namespace guildhall::sim
