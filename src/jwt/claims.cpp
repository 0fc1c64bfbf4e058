#include "jwt/claims.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>

namespace guildhall::jwt {
namespace {

namespace json = boost::json;
using Seconds = std::chrono::sys_seconds;

constexpr std::size_t max_id_size = 128;
/// The end of the year 9999. Times up to here can be converted to any unit without overflow.
constexpr std::int64_t max_date = 253'402'300'799;

std::optional<std::string_view> text(const json::object& claims, std::string_view name) {
  const auto* member = claims.if_contains(name);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return std::string_view(member->get_string());
}

std::optional<double> number_of(const json::value& value) {
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  if (value.is_double()) return value.get_double();
  return std::nullopt;
}

enum class Rounding : std::uint8_t { down, up };

/// A claim that is a time: `absent` where the token does not have it, nothing where it is not valid. All whole numbers
/// up to `max_date` are exact in a double.
std::optional<Seconds> date(const json::object& claims, std::string_view name, Rounding rounding, Seconds absent) {
  const auto* member = claims.if_contains(name);
  if (member == nullptr) return absent;
  const auto number = number_of(*member);
  // Written so that NaN fails too.
  if (!number || !(*number >= 0 && *number <= static_cast<double>(max_date))) return std::nullopt;
  const double whole = rounding == Rounding::up ? std::ceil(*number) : std::floor(*number);
  return Seconds(std::chrono::seconds(static_cast<std::int64_t>(whole)));
}

bool is_valid_id(std::string_view id) { return !id.empty() && id.size() <= max_id_size; }

}  // namespace

std::string encode_claims(const Claims& claims) {
  json::object body{
      {"id", claims.id.to_string()},
      {"token_type", claims.token_type},
      {"scope", claims.scope},
      {"iat", claims.issued_at.time_since_epoch().count()},
      {"exp", claims.expires_at.time_since_epoch().count()},
      {"jti", claims.token_id},
      {"sid", claims.session_id},
  };
  if (claims.tokens_kept) {
    body["kept"] = true;
  } else {
    body["access_token"] = claims.access_token.reveal();
    body["refresh_token"] = claims.refresh_token.reveal();
  }
  return json::serialize(body);
}

std::optional<Claims> parse_claims(std::string_view text_of_token, base::Timestamp now) {
  boost::system::error_code malformed;
  const auto value = json::parse(text_of_token, malformed);
  const auto* body = malformed ? nullptr : value.if_object();
  if (body == nullptr) return std::nullopt;

  const auto id = base::UserId::parse(text(*body, "id").value_or(""));
  const auto* kept = body->if_contains("kept");
  const bool tokens_kept = kept != nullptr && *kept == true;
  const auto access_token = tokens_kept ? std::optional(std::string_view()) : text(*body, "access_token");
  const auto token_id = text(*body, "jti").value_or("");
  const auto session_id = text(*body, "sid").value_or(token_id);
  if (!id || !access_token || access_token->empty() != tokens_kept) return std::nullopt;
  if (!is_valid_id(token_id) || !is_valid_id(session_id)) return std::nullopt;

  const auto issued_at = date(*body, "iat", Rounding::down, Seconds{});
  const auto expires_at = date(*body, "exp", Rounding::down, Seconds{});  // a token without `exp` has expired
  const auto not_before = date(*body, "nbf", Rounding::up, Seconds{});
  if (!issued_at || !expires_at || !not_before) return std::nullopt;
  if (*expires_at <= now || *not_before > now) return std::nullopt;

  const auto text_or = [body](std::string_view name, std::string_view fallback) {
    return std::string(text(*body, name).value_or(fallback));
  };
  return Claims{.id = *id,
                .access_token = base::Secret(std::string(*access_token)),
                .refresh_token = base::Secret(tokens_kept ? std::string() : text_or("refresh_token", "")),
                .token_type = text_or("token_type", "Bearer"),
                .scope = text_or("scope", ""),
                .issued_at = *issued_at,
                .expires_at = *expires_at,
                .token_id = std::string(token_id),
                .session_id = std::string(session_id),
                .tokens_kept = tokens_kept};
}

}  // namespace guildhall::jwt
