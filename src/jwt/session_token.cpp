#include "jwt/session_token.hpp"

namespace guildhall::jwt {

std::string SessionTokens::encode(const Claims& claims) const { return jwe_.encrypt(encode_claims(claims)); }

std::optional<Claims> SessionTokens::decode(std::string_view token, base::Timestamp now) const {
  const auto plaintext = jwe_.decrypt(token);
  if (!plaintext) return std::nullopt;
  return parse_claims(*plaintext, now);
}

}  // namespace guildhall::jwt
