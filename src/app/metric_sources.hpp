#pragma once

#include <memory>

namespace prometheus {
class Collectable;
}

namespace guildhall::net {
class HttpServer;
}

namespace guildhall::app {

struct DatabaseSide;

/// What the database and its caches count. `side` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> database_metrics(DatabaseSide& side);

/// What the HTTP server counts. `http` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> server_metrics(const net::HttpServer& http);

}  // namespace guildhall::app
