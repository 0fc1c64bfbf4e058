#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "base/result.hpp"
#include "net/http_client.hpp"

namespace guildhall::discord {

/// Discord's own error codes that callers tell apart (Discord: topics/opcodes-and-status-codes, JSON Error Codes). A
/// value may be any other code of Discord's.
enum class ErrorCode : int {
  none = 0,  ///< Discord gave no code, or the error is not Discord's.
  unknown_channel = 10003,
  unknown_guild = 10004,
  unknown_member = 10007,
  unknown_message = 10008,
  unknown_webhook = 10015,
  unknown_interaction = 10062,
  interaction_already_acknowledged = 40060,
  missing_access = 50001,
  cannot_message_user = 50007,
  missing_permissions = 50013,
  invalid_form_body = 50035,
};

[[nodiscard]] inline ErrorCode discord_code(const base::Error& error) {
  return static_cast<ErrorCode>(error.peer_code);
}

/// Reads an answer of Discord's REST API (Discord: topics/opcodes-and-status-codes, topics/rate-limits).
///
/// 2xx: the JSON body, null if it is empty; Errc::bad_upstream if it is not JSON. 401 is Errc::unauthenticated, 403
/// forbidden, 404 not_found, 429 rate_limited with `retry_after`, other 4xx refused, 5xx unavailable. The message has
/// what Discord said, with the fields that `errors` names (Discord: reference, Error Messages), but without anything
/// that may be a token or a user's text, because it is logged. The error's `peer_code` is Discord's code.
[[nodiscard]] base::Result<boost::json::value> read_response(const net::ClientResponse& response);

/// The message of a failed request for people other than the operator: what Discord said, but of a failed connection
/// neither the host nor the system's error.
[[nodiscard]] std::string public_message(const base::Error& error);

}  // namespace guildhall::discord
