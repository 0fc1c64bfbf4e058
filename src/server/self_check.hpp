#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "jwt/jwe.hpp"
#include "net/http.hpp"

// How `guildhall check` finds out what arrives of its requests through a reverse proxy. It proves by encryption that it
// has this installation's JWT_SECRET, and only then GET /healthz tells it, encrypted too.
namespace guildhall::server {

inline constexpr std::string_view self_check_field = "X-Guildhall-Check";
/// Of the Jwe's keys, see jwt::derive_key.
inline constexpr std::string_view self_check_purpose = "guildhall self check";

/// What a request was when it arrived.
struct ReceivedRequest {
  std::string client;  ///< The address that counts as the client's, see TRUSTED_PROXIES.
  std::string host;
  std::string forwarded_for;    ///< X-Forwarded-For; empty for none.
  std::string forwarded_proto;  ///< X-Forwarded-Proto; empty for none.
  std::string version;          ///< guildhall's.
};

/// The field's value in the request.
[[nodiscard]] std::string self_check_request(const jwt::Jwe& jwe, base::Timestamp now);
/// The field's value in the response; nothing if the request does not ask, or has other keys, or is older than a
/// minute.
[[nodiscard]] std::optional<std::string> answer_self_check(const jwt::Jwe& jwe, const net::Request& request,
                                                           std::string_view version, base::Timestamp now);
/// Nothing if it was not encrypted with our keys.
[[nodiscard]] std::optional<ReceivedRequest> read_self_check_answer(const jwt::Jwe& jwe, std::string_view field);

}  // namespace guildhall::server
