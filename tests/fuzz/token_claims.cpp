// The JSON in a session token: whatever it says, the claims that are taken from it hold now and survive another round.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "jwt/claims.hpp"
#include "tests/fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guildhall;
  using namespace std::chrono_literals;
  using fuzz::require;
  constexpr base::Timestamp now{1'800'000'000s};
  constexpr std::chrono::sys_seconds end{253'402'300'799s};

  const auto claims = jwt::parse_claims({reinterpret_cast<const char*>(data), size}, now);
  if (!claims) return 0;
  require(claims->expires_at > now && claims->expires_at <= end);
  require(claims->issued_at >= std::chrono::sys_seconds{} && claims->issued_at <= end);
  require(!claims->access_token.empty() && !claims->token_id.empty() && !claims->session_id.empty());
  const auto again = jwt::parse_claims(jwt::encode_claims(*claims), now);
  require(again && again->id == claims->id && again->expires_at == claims->expires_at &&
          again->issued_at == claims->issued_at && again->token_id == claims->token_id &&
          again->session_id == claims->session_id && again->access_token == claims->access_token);
  return 0;
}
