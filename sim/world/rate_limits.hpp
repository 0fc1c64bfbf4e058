#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace guildhall::sim {

/// Routes that share one limit, as in Discord's X-RateLimit-Bucket.
enum class Bucket : std::uint8_t {
  current_user,
  current_user_guilds,
  guild,
  application,
  authorization,
  token,
  gateway,
  user,
  direct_message,
  member,
  channel,
  typing,
  message_read,
  message_create,
  message_edit,
  message_delete,
  message_bulk_delete,
  reaction,
  pin,
  thread,
  webhook,
  role,
  ban,
  emoji,
  invite,
  command_read,
  command_write,
  interaction_callback,
  interaction_message,
};

/// The bucket's name in the world file: `currentUserGuilds`.
[[nodiscard]] std::string_view to_string(Bucket bucket);
[[nodiscard]] std::optional<Bucket> parse_bucket(std::string_view name);
/// Whether requests of a bucket count for the global limit; interaction responses do not.
[[nodiscard]] bool counts_globally(Bucket bucket);

/// The kind of credentials of a request.
enum class TokenKind : std::uint8_t { none, bot, bearer };

/// `none`, `Bot` or `Bearer`, as in the Authorization header field.
[[nodiscard]] std::string_view to_string(TokenKind kind);
[[nodiscard]] std::optional<TokenKind> parse_token_kind(std::string_view name);

/// At most `limit` requests within `period`, counted from the first of them.
struct RateWindow {
  unsigned limit = 50;
  std::chrono::milliseconds period{1000};
};

/// The limits of the world. A rule for a bucket and a kind of token wins over one for the bucket alone, and that over
/// the defaults, which follow Discord's documented limits.
struct RateLimits {
  struct Rule {
    Bucket bucket{};
    std::optional<TokenKind> token;
    RateWindow window;
  };

  /// Over all routes: per bot, per authorization of a user, or per address without credentials.
  RateWindow global{50, std::chrono::milliseconds(1000)};
  /// For a bucket without a rule or a default.
  RateWindow fallback{50, std::chrono::milliseconds(1000)};
  /// Discord allows a user token about one request per second for the guild list.
  std::vector<Rule> rules{{Bucket::current_user_guilds, TokenKind::bearer, {1, std::chrono::milliseconds(1000)}}};

  /// Switches all limits off.
  bool lifted = false;

  [[nodiscard]] RateWindow window(Bucket bucket, TokenKind token) const;
  [[nodiscard]] RateWindow global_window() const;
};

}  // namespace guildhall::sim
