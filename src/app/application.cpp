#include "app/application.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <csignal>
#include <optional>
#include <thread>

#include "app/blocking.hpp"
#include "app/bot_module.hpp"
#include "app/database_module.hpp"
#include "app/discord_module.hpp"
#include "app/log_history.hpp"
#include "app/memory_trimmer.hpp"
#include "app/script_module.hpp"
#include "app/server_module.hpp"
#include "app/service_manager.hpp"
#include "app/version.hpp"
#include "base/clock.hpp"
#include "base/event_bus.hpp"
#include "base/failure.hpp"
#include "base/log.hpp"
#include "base/stacktrace/stack_trace.hpp"
#include "base/text.hpp"
#include "config/environment.hpp"
#include "config/help.hpp"
#include "database/errors.hpp"
#include "database/metrics.hpp"
#include "discord/metrics.hpp"
#include "domain/admins.hpp"
#include "logger/console_sink.hpp"
#include "logger/log_feed.hpp"
#include "logger/log_queue.hpp"
#include "logger/log_writer.hpp"
#include "logger/metrics.hpp"
#include "net/async/task_group.hpp"
#include "net/event_loops.hpp"
#include "net/metrics.hpp"
#include "socketio/metrics.hpp"
#include "vm/metrics.hpp"

namespace guildhall::app {
namespace {

namespace asio = boost::asio;
using asio::experimental::awaitable_operators::operator&&;

constexpr std::chrono::seconds request_grace{10};
constexpr std::chrono::seconds response_grace{5};
constexpr std::chrono::seconds task_grace{2};

}  // namespace

class Application::Impl {
 public:
  explicit Impl(Settings settings)
      : config_(std::move(settings.config)),
        environment_(std::move(settings.environment)),
        read_again_(std::move(settings.read_again)),
        console_(logger::make_console_sink(config_.log.format)),
        logger_(clock_, config_.log.level),
        log_(logger_, "app"),
        loops_(std::max(1U, std::thread::hardware_concurrency())),
        background_(loops_.home(), [this](const std::exception_ptr& failure) {
          log_.error("A background task failed", {{"reason", base::describe(failure)}}, base::StackTrace::of(failure));
        }) {
    logger_.attach(console_);
    logger_.attach(log_feed_);
    logger_.attach(log_queue_);
    log_.debug("Configuration", {{"variables", config::describe(environment_)}});
    database_.emplace(config_.db, clock_, base::Log(logger_, "db"));
    admins_.emplace(database_->users, config_.server.admin_user_ids, log_);
    apply_admin_list();
    log_feed_->seed(read_log_history(database_->logs));
    logger::LogWriterOptions writing;
    writing.retention = config_.log.retention;
    log_writer_.emplace(log_queue_, database_->logs, logger_, clock_, writing);
    discord_.emplace(config_.discord, loops_, base::Log(logger_, "discord"));
    scripts_.emplace(config_.scripts, loops_.home(), logger_);
    if (!config_.discord.bot_token.empty()) {
      bot_.emplace(BotModule::Parts{.config = config_,
                                    .clock = clock_,
                                    .logger = logger_,
                                    .loops = loops_,
                                    .database = *database_,
                                    .discord = *discord_,
                                    .events = events_,
                                    .scripts = scripts_->host()});
    }
    server_.emplace(ServerModule::Parts{.config = config_,
                                        .clock = clock_,
                                        .log = base::Log(logger_, "web"),
                                        .loops = loops_,
                                        .database = *database_,
                                        .admins = *admins_,
                                        .discord = *discord_,
                                        .events = events_,
                                        .log_feed = *log_feed_,
                                        .socket_log = base::Log(logger_, "socket"),
                                        .bot_health = [this] { return bot_health(); },
                                        .node_status = [this] { return node_status(); },
                                        .bot_knowledge = bot_knowledge(),
                                        .channel_view = channel_view(),
                                        .scripts = *scripts_});
    attach_metrics();
    server_->start();
  }

  void run() {
    // Signals are handled before the log tells anybody that the program runs.
    signals_.emplace(loops_.home(), SIGINT, SIGTERM);
    net::spawn(loops_.home(), stop_on_signal());
    background_.spawn(reload_on_signal());
    background_.spawn(service_.ping(loops_));
    background_.spawn(service_.report([this] { return status(); }));
    background_.spawn(scripts_->start());
    background_.spawn(server_->dashboards.watch());
    if (bot_) {
      bot_->start(background_);
    } else {
      log_.info("DISCORD_BOT_TOKEN is not set: the API runs without a bot");
    }
    base::Log(logger_, "web")
        .info(
            "Listening",
            {{"url", config_.server.url(server_->http.port())}, {"port", server_->http.port()}, {"version", version}});
    // Discord may be away for hours, and the dashboard works without it: what the bot waits for is in the status.
    service_.ready(status());
    loops_.run();
    log_writer_.reset();
    database_->database->close();
    log_.info("Stopped");
  }

 private:
  net::Task<> stop_on_signal() {
    co_await signals_->async_wait(asio::use_awaitable);
    signals_.reset();  // A second signal then ends the program.
    log_.info("Stopping");
    service_.stopping();
    auto stopping_server = server_->stop(request_grace);
    auto stopping_bot = stop_bot();
    auto stopping = std::move(stopping_server) && std::move(stopping_bot);
    co_await std::move(stopping);
    // Scripts that outlast a response are killed, while their reports can still be sent.
    co_await scripts_->stop();
    co_await background_.stop(task_grace);
    co_await discord_->rest.close();
    co_await discord_->http.close();
    loops_.stop();
  }

  net::Task<> reload_on_signal() {
    while (true) {
      co_await hangup_.async_wait(asio::use_awaitable);
      service_.reloading();
      try {
        co_await reload();
      } catch (const std::exception& failure) {
        if (net::is_cancellation(std::current_exception())) throw;
        log_.error("The reload failed", {{"reason", failure.what()}});
      }
      service_.ready(status());
    }
  }

  net::Task<> reload() {
    std::optional<config::Environment> read;
    std::optional<config::Config> fresh;
    try {
      read = read_again_();
      fresh = config::load(*read);
    } catch (const config::Error& error) {
      log_.error("Nothing was reloaded: the configuration is invalid", {{"reason", error.what()}});
      co_return;
    }
    for (const auto& warning : config::misspelling_warnings(*read)) log_.warn(warning);
    for (const auto& warning : read->warnings()) log_.warn(warning);
    const auto changes = config::compare(environment_, *read);
    logger_.set_level(fresh->log.level);
    server_->origins.allowed.set(fresh->server.cors_origins);
    server_->replace_keys(fresh->jwt);
    if (bot_) bot_->replace_keys(fresh->jwt);
    admins_->replace_list(fresh->server.admin_user_ids);
    try {
      co_await admins_->apply_list();
    } catch (const std::exception& failure) {
      if (net::is_cancellation(std::current_exception())) throw;
      log_.error("ADMIN_USER_IDS cannot be applied: reload again when the database is back",
                 {{"reason", failure.what()}});
    }
    log_.info("Reloaded the configuration", {{"changed", base::join(changes.reloaded)}});
    if (!changes.need_restart.empty()) {
      log_.warn("Restart guildhall to apply the changes of these variables",
                {{"variables", base::join(changes.need_restart)}});
    }
    // What needs a restart is compared with what the program runs with, also at the next reload.
    environment_.copy_from(*read, changes.reloaded);
  }

  /// One line for the service manager.
  [[nodiscard]] std::string status() const {
    if (!bot_) return "Serving, without a bot";
    const auto [ready, all] = bot_->ready_shards();
    auto text = "Serving; " + std::to_string(ready) + " of " + std::to_string(all) + " shards ready";
    if (const auto health = bot_->health(); !health.reason.empty()) text += ": " + health.reason;
    return text;
  }

  net::Task<> stop_bot() {
    if (!bot_) co_return;
    co_await bot_->stop(response_grace);
  }

  /// Before the port is bound: whoever is no ADMIN any more gets no request in between.
  void apply_admin_list() {
    try {
      run_blocking(admins_->apply_list());
    } catch (const database::Unavailable& away) {
      throw StartError("ADMIN_USER_IDS cannot be applied: " + std::string(away.what()) + ".");
    }
  }

  void attach_metrics() {
    auto& metrics = server_->metrics;
    metrics.attach([this] { return database::metrics(*database_->database); });
    metrics.attach([this] { return database::metrics(database_->users, database_->guilds, database_->commands); });
    metrics.attach([this] { return logger::metrics(*log_queue_); });
    metrics.attach([this] { return net::metrics(server_->http); });
    metrics.attach([this] { return socketio::metrics(server_->sockets); });
    metrics.attach([this] { return discord::metrics(discord_->rest); });
    metrics.attach([this] { return vm::metrics(scripts_->host()); });
    if (bot_) metrics.attach([this] { return bot_->metrics(); });
  }

  [[nodiscard]] api::PartHealth bot_health() const {
    if (!bot_) return {api::PartState::off, "DISCORD_BOT_TOKEN is not set."};
    return bot_->health();
  }

  /// What the server's own members do not say.
  [[nodiscard]] api::NodeStatus node_status() const {
    api::NodeStatus status;
    status.started_at = started_at_;
    status.memory = resident_memory();
    status.dialect = to_string(config_.db.dialect);
    if (bot_) {
      const auto gateway = bot_->gateway_stats();
      status.shards = gateway.shards;
      status.session_starts = gateway.session_starts_24h;
    }
    status.scripts = scripts_->health();
    const auto scripts = scripts_->host().stats();
    status.scripts_running = scripts.running;
    status.scripts_idle = scripts.idle;
    status.scripts_waiting = scripts.waiting;
    return status;
  }

  [[nodiscard]] server::UserGuilds::BotKnowledge bot_knowledge() {
    if (!bot_) return {};
    return {
        [&cache = bot_->guilds()](base::GuildId guild, base::UserId user) { return cache.permissions(guild, user); },
        [&bot = *bot_](base::GuildId guild, base::UserId user) { bot.look_up_member(guild, user); },
        [&cache = bot_->guilds()] { return cache.guilds(); }};
  }

  [[nodiscard]] server::EventStream::ChannelView channel_view() {
    if (!bot_) return {};
    return
        [&cache = bot_->guilds()](base::GuildId guild, base::UserId user, discord::Permissions permissions,
                                  discord::ChannelId channel) { return cache.view(guild, user, permissions, channel); };
  }

  const config::Config config_;  ///< As of the start; a reload changes the parts that use it.
  config::Environment environment_;
  const std::function<config::Environment()> read_again_;
  ServiceManager service_ = ServiceManager::from_environment();
  const base::SystemClock clock_;
  const base::Timestamp started_at_ = clock_.now();
  std::shared_ptr<base::LogSink> console_;
  std::shared_ptr<logger::LogFeed> log_feed_ = std::make_shared<logger::LogFeed>();
  std::shared_ptr<logger::LogQueue> log_queue_ = std::make_shared<logger::LogQueue>();
  base::Logger logger_;
  base::Log log_;
  base::EventBus events_;
  net::EventLoops loops_;
  net::TaskGroup background_;
  std::optional<DatabaseModule> database_;
  std::optional<domain::Admins> admins_;
  std::optional<logger::LogWriter> log_writer_;
  std::optional<DiscordModule> discord_;
  std::optional<ScriptModule> scripts_;
  std::optional<BotModule> bot_;
  std::optional<ServerModule> server_;
  std::optional<asio::signal_set> signals_;
  asio::signal_set hangup_{loops_.home(), SIGHUP};
  MemoryTrimmer memory_trimmer_;
};

Application::Application(Settings settings) {
  try {
    impl_ = std::make_unique<Impl>(std::move(settings));
  } catch (const database::StartError& error) {
    throw StartError(error.what());
  }
}

Application::~Application() = default;

void Application::run() { impl_->run(); }

}  // namespace guildhall::app
