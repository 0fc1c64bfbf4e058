#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "discord/rest/redaction.hpp"
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
  wrong_application = 20012,
  interaction_already_acknowledged = 40060,
  too_many_commands = 30032,
  too_many_commands_created = 30034,  ///< Today.
  address_refused = 40333,
  missing_access = 50001,
  cannot_message_user = 50007,
  missing_permissions = 50013,
  invalid_form_body = 50035,
  entry_point_missing = 50240,  ///< In the application commands of a bulk overwrite.
};

[[nodiscard]] inline ErrorCode discord_code(const base::Error& error) {
  return static_cast<ErrorCode>(error.peer_code);
}

/// Reads an answer of Discord's REST API (Discord: topics/opcodes-and-status-codes, topics/rate-limits).
///
/// 2xx: the JSON body, null if it is empty; Errc::bad_upstream if it is not JSON. 401 is Errc::unauthenticated, 403
/// forbidden, 404 not_found, 429 rate_limited with `retry_after`, other 4xx refused, 5xx unavailable. The message has
/// what Discord said, with the fields that `errors` names (Discord: reference, Error Messages), but without what
/// `redaction` hides, because it is logged. The error's `peer_code` is Discord's code. Where `is_ban`, it is
/// Errc::unavailable.
[[nodiscard]] base::Result<boost::json::value> read_response(const net::ClientResponse& response,
                                                             const Redaction& redaction = {});

/// Calls `visit(path, error)` for each error in the `errors` of an answer; `path` has the names and indices down to the
/// faulty value.
void for_each_form_error(
    const boost::json::value& errors,
    const std::function<void(std::span<const std::string_view> path, const boost::json::object& error)>& visit);

/// What Discord says about one fault: `This field is required (BASE_TYPE_REQUIRED)`.
[[nodiscard]] std::string describe_form_error(const boost::json::object& error, const Redaction& redaction);

/// The message of a failed request for people other than the operator: what Discord said, but of a failed connection
/// neither the host nor the system's error.
[[nodiscard]] std::string public_message(const base::Error& error);

}  // namespace guildhall::discord
