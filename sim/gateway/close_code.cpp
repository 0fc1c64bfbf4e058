#include "sim/gateway/close_code.hpp"

namespace guildhall::sim {

std::string_view reason_of(GatewayClose code) {
  switch (code) {
    case GatewayClose::unknown_error: return "Unknown error.";
    case GatewayClose::unknown_opcode: return "Unknown opcode.";
    case GatewayClose::decode_error: return "Error while decoding payload.";
    case GatewayClose::not_authenticated: return "Not authenticated.";
    case GatewayClose::authentication_failed: return "Authentication failed.";
    case GatewayClose::already_authenticated: return "Already authenticated.";
    case GatewayClose::invalid_seq: return "Invalid seq.";
    case GatewayClose::rate_limited: return "Rate limited.";
    case GatewayClose::session_timed_out: return "Session timed out.";
    case GatewayClose::invalid_shard: return "Invalid shard.";
    case GatewayClose::sharding_required: return "Sharding required.";
    case GatewayClose::invalid_api_version: return "Invalid API version.";
    case GatewayClose::invalid_intents: return "Invalid intent(s).";
    case GatewayClose::disallowed_intents: return "Disallowed intent(s).";
  }
  return "";
}

}  // namespace guildhall::sim
