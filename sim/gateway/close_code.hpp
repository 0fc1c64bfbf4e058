#pragma once

#include <cstdint>
#include <string_view>

namespace guildhall::sim {

/// Why the gateway closes a connection (Discord: Opcodes and Status Codes, "Gateway Close Event Codes").
enum class GatewayClose : std::uint16_t {
  unknown_error = 4000,
  unknown_opcode = 4001,
  decode_error = 4002,
  not_authenticated = 4003,
  authentication_failed = 4004,
  already_authenticated = 4005,
  invalid_seq = 4007,
  rate_limited = 4008,
  session_timed_out = 4009,
  invalid_shard = 4010,
  sharding_required = 4011,
  invalid_api_version = 4012,
  invalid_intents = 4013,
  disallowed_intents = 4014,
};

/// What the close frame says beside the code.
[[nodiscard]] std::string_view reason_of(GatewayClose code);

}  // namespace guildhall::sim
