#pragma once

#include <memory>

namespace prometheus {
class Collectable;
}

namespace guildhall::logger {
class LogQueue;
}

namespace guildhall::discord {
class RestClient;
}

namespace guildhall::vm {
class ScriptHost;
}

namespace guildhall::app {

class BotModule;
struct DatabaseModule;
struct ServerModule;

/// What the database and its caches count. `side` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> database_metrics(DatabaseModule& side);

/// What the HTTP and Socket.IO servers count. `side` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> server_metrics(const ServerModule& side);

/// How the log's way to the database is. `queue` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> log_metrics(const logger::LogQueue& queue);

/// What the REST client counts about Discord's limits and its own requests. `rest` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> rest_metrics(const discord::RestClient& rest);

/// How scripts end, and how many run and wait. `host` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> script_metrics(const vm::ScriptHost& host);

/// What the bot and its gateway count. `side` outlives the source.
[[nodiscard]] std::shared_ptr<prometheus::Collectable> bot_metrics(const BotModule& side);

}  // namespace guildhall::app
