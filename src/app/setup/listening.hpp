#pragma once

#include <cstdint>
#include <string>

#include "app/setup/finding.hpp"
#include "config/config.hpp"
#include "net/http_client.hpp"
#include "server/self_check.hpp"

namespace guildhall::app {

/// Listens for a moment on HOST and PORT. 0, or the errno value of the failure; EADDRNOTAVAIL also for a HOST that has
/// no address. Blocks while the name is resolved.
[[nodiscard]] int try_to_listen(const config::Server& server);

/// What `try_to_listen` returned means for somebody who is about to start guildhall.
[[nodiscard]] Finding judge_listening(int error, const config::Server& server);

/// Who answers GET /healthz with the self check of this installation's keys.
struct Listener {
  enum class Kind : std::uint8_t { ours, other_guildhall, other };
  Kind kind = Kind::other;
  server::ReceivedRequest received{};  ///< Of ours.
};
[[nodiscard]] Listener identify(const net::ClientResponse& response, const config::Jwt& jwt);

/// The request to ask with.
[[nodiscard]] net::ClientRequest identifying_request(const std::string& url, const config::Jwt& jwt);

}  // namespace guildhall::app
