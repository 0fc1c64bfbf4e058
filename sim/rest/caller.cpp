#include "sim/rest/caller.hpp"

#include <string_view>

namespace guildhall::sim {
namespace {

/// The credentials after a scheme, whose case does not matter (RFC 9110 section 11.1).
std::optional<std::string_view> credentials(std::string_view header, std::string_view scheme) {
  if (header.size() <= scheme.size() || header[scheme.size()] != ' ') return std::nullopt;
  if (!net::equal_ignoring_case(header.substr(0, scheme.size()), scheme)) return std::nullopt;
  return header.substr(scheme.size() + 1);
}

}  // namespace

Caller identify(const Simulation& sim, const net::Request& request) {
  const auto header = request.headers.find("Authorization").value_or("");
  if (const auto token = credentials(header, "Bot"); token && *token == sim.world.application.bot_token) {
    return {TokenKind::bot, std::nullopt, "bot"};
  }
  if (const auto token = credentials(header, "Bearer")) {
    if (const auto* authorization = sim.grants.find(*token)) {
      return {TokenKind::bearer, *authorization, "authorization " + std::to_string(authorization->id)};
    }
  }
  return {TokenKind::none, std::nullopt, "address " + request.client.to_string()};
}

}  // namespace guildhall::sim
