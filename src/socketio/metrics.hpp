#pragma once

#include "base/metrics.hpp"

namespace guildhall::socketio {

class Server;

/// Connections of the Socket.IO server. Any thread.
[[nodiscard]] base::MetricFamilies metrics(const Server& server);

}  // namespace guildhall::socketio
