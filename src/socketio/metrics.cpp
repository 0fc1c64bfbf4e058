#include "socketio/metrics.hpp"

#include "socketio/server.hpp"

namespace guildhall::socketio {

base::MetricFamilies metrics(const Server& server) {
  const auto stats = server.stats();
  return {
      base::gauge("socketio_connections", "Open Engine.IO sessions.", stats.connections.sockets),
      base::gauge("socketio_websockets", "Open Engine.IO sessions that use WebSocket.", stats.connections.websockets),
      base::gauge("socketio_sockets", "Connected Socket.IO sockets.", stats.sockets)};
}

}  // namespace guildhall::socketio
