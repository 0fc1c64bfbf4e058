#include "jwt/session_token.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace guildhall::jwt {
namespace {

namespace json = boost::json;
using Seconds = std::chrono::sys_seconds;

constexpr std::size_t longest_id = 128;

std::optional<std::string_view> text(const json::object& claims, std::string_view name) {
  const auto* member = claims.if_contains(name);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return std::string_view(member->get_string());
}

/// A NumericDate (RFC 7519 section 2) in whole seconds.
std::optional<Seconds> date(const json::object& claims, std::string_view name) {
  const auto* member = claims.if_contains(name);
  if (member == nullptr || !member->is_int64() || member->get_int64() < 0) return std::nullopt;
  return Seconds(std::chrono::seconds(member->get_int64()));
}

bool acceptable_id(std::string_view id) { return !id.empty() && id.size() <= longest_id; }

}  // namespace

std::string SessionTokens::encode(const Claims& claims) const {
  json::object body{
      {"id", claims.id.to_string()},
      {"access_token", claims.access_token.reveal()},
      {"refresh_token", claims.refresh_token.reveal()},
      {"token_type", claims.token_type},
      {"scope", claims.scope},
      {"iat", claims.issued_at.time_since_epoch().count()},
      {"exp", claims.expires_at.time_since_epoch().count()},
      {"jti", claims.token_id},
      {"sid", claims.session_id},
  };
  return jwe_.encrypt(json::serialize(body));
}

std::optional<Claims> SessionTokens::decode(std::string_view token, base::Timestamp now) const {
  const auto plaintext = jwe_.decrypt(token);
  if (!plaintext) return std::nullopt;
  boost::system::error_code malformed;
  const auto value = json::parse(*plaintext, malformed);
  const auto* body = malformed ? nullptr : value.if_object();
  if (body == nullptr) return std::nullopt;

  const auto id = base::UserId::parse(text(*body, "id").value_or(""));
  const auto access_token = text(*body, "access_token");
  const auto expires_at = date(*body, "exp");
  const auto token_id = text(*body, "jti").value_or("");
  const auto session_id = text(*body, "sid").value_or(token_id);
  if (!id || !access_token || access_token->empty() || !expires_at) return std::nullopt;
  if (!acceptable_id(token_id) || !acceptable_id(session_id)) return std::nullopt;
  if (*expires_at <= now) return std::nullopt;
  const bool has_start = body->contains("nbf");
  const auto not_before = date(*body, "nbf");
  if (has_start && (!not_before || *not_before > now)) return std::nullopt;

  Claims claims;
  claims.id = *id;
  claims.access_token = base::Secret(std::string(*access_token));
  claims.refresh_token = base::Secret(std::string(text(*body, "refresh_token").value_or("")));
  claims.token_type = text(*body, "token_type").value_or("Bearer");
  claims.scope = text(*body, "scope").value_or("");
  claims.issued_at = date(*body, "iat").value_or(Seconds{});
  claims.expires_at = *expires_at;
  claims.token_id = token_id;
  claims.session_id = session_id;
  return claims;
}

}  // namespace guildhall::jwt
