#pragma once

#include "base/result.hpp"

namespace guildhall::discord {

/// Discord's own codes of errors (Discord: topics/opcodes-and-status-codes, JSON Error Codes), those that somebody
/// tells apart. A value may be any other of Discord's.
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

/// Which of Discord's errors this is.
[[nodiscard]] inline ErrorCode discord_code(const base::Error& error) {
  return static_cast<ErrorCode>(error.peer_code);
}

}  // namespace guildhall::discord
