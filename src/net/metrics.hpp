#pragma once

#include "base/metrics.hpp"

namespace guildhall::net {

class HttpServer;

/// Connections of the HTTP server. Any thread.
[[nodiscard]] base::MetricFamilies metrics(const HttpServer& server);

}  // namespace guildhall::net
