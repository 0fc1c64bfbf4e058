#include "app/connection_limits.hpp"

#include <sys/resource.h>

#include <algorithm>

#include "net/http_server.hpp"
#include "socketio/server.hpp"

namespace guildhall::app {
namespace {

/// Not for clients: the database, Discord, the log.
constexpr std::size_t reserved_descriptors = 128;

}  // namespace

ConnectionLimits connection_limits(std::size_t descriptors) {
  const auto available = descriptors > 2 * reserved_descriptors ? descriptors - reserved_descriptors : descriptors / 2;
  return {.http = std::min(net::HttpServerOptions().connection_limit, available / 2),
          .websockets = std::min(socketio::engine::Options().max_sockets, available / 2)};
}

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  rlimit raised = limit;
  raised.rlim_cur = raised.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  return static_cast<std::size_t>(limit.rlim_cur);
}

}  // namespace guildhall::app
