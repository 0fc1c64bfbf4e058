#include "jwt/session_token.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace guildhall::jwt {
namespace {

namespace json = boost::json;
using Seconds = std::chrono::sys_seconds;

constexpr std::size_t max_id_size = 128;

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

bool is_valid_id(std::string_view id) { return !id.empty() && id.size() <= max_id_size; }

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
  if (!is_valid_id(token_id) || !is_valid_id(session_id)) return std::nullopt;
  if (*expires_at <= now) return std::nullopt;
  const auto not_before = date(*body, "nbf");
  if (body->contains("nbf") && (!not_before || *not_before > now)) return std::nullopt;

  const auto text_or = [body](std::string_view name, std::string_view fallback) {
    return std::string(text(*body, name).value_or(fallback));
  };
  return Claims{.id = *id,
                .access_token = base::Secret(std::string(*access_token)),
                .refresh_token = base::Secret(text_or("refresh_token", "")),
                .token_type = text_or("token_type", "Bearer"),
                .scope = text_or("scope", ""),
                .issued_at = date(*body, "iat").value_or(Seconds{}),
                .expires_at = *expires_at,
                .token_id = std::string(token_id),
                .session_id = std::string(session_id)};
}

}  // namespace guildhall::jwt
