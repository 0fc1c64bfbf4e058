#pragma once

#include <memory>

namespace prometheus {
class Collectable;
}

namespace guildhall::logger {
class LogQueue;
}

namespace guildhall::app {

struct DatabaseSide;
struct ServerSide;

/// What the database and its caches count. `side` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> database_metrics(DatabaseSide& side);

/// What the HTTP and Socket.IO servers count. `side` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> server_metrics(const ServerSide& side);

/// How the log's way to the database is. `queue` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> log_metrics(const logger::LogQueue& queue);

}  // namespace guildhall::app
