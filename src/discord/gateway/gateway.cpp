#include "discord/gateway/gateway.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <span>
#include <utility>

#include "base/random.hpp"
#include "discord/gateway/close_codes.hpp"
#include "discord/gateway/session_checkpointer.hpp"
#include "discord/gateway/shard.hpp"
#include "discord/model/snowflake.hpp"
#include "discord/rest/errors.hpp"
#include "net/async/backoff.hpp"
#include "net/async/event.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr net::Backoff::Options fetch_backoff{seconds(1), seconds(60), 2, 0.5};
/// How long `stop` waits for Discord to answer our close frames.
constexpr milliseconds close_timeout{500};

double random_fraction() {
  std::uint32_t number = 0;
  base::random_bytes(std::as_writable_bytes(std::span(&number, 1)));
  return std::ldexp(static_cast<double>(number), -32);
}

}  // namespace

/// Shared with the coroutines, which may end after the gateway.
class Gateway::State : public std::enable_shared_from_this<State> {
 public:
  State(net::Executor home, GatewayOptions gateway_options, FetchGatewayBot fetch, GatewaySessionStore& store,
        GatewayListener& listener, const base::Clock& clock, base::Log log)
      : options(std::move(gateway_options)),
        loop(std::make_shared<net::WebSocketLoop>(home)),
        bot_(bot_fingerprint(options.token)),
        fetch_(std::move(fetch)),
        store_(store),
        listener_(listener),
        clock_(clock),
        log_(std::move(log)),
        limiter_(
            std::make_shared<IdentifyLimiter>(IdentifyLimiter::Parts{fetch_, store_, clock_, log_, bot_, monitor})) {}

  net::Task<> run() {
    const auto self = shared_from_this();
    co_await start();
    if (shards.empty()) co_await stopped_.wait();  // Discord refused the token.
    if (stopped_.is_set()) co_return;
    net::spawn(loop->executor(), checkpoint_sessions(self));
    co_await limiter_->run();
  }

  net::Task<> stop() {
    stopped_.set();
    save_soon_.set();
    monitor.stop();
    for (const auto& shard : shards) shard->stop();
    limiter_->stop();
    co_await loop->drained(close_timeout);
  }

  net::Task<> save_sessions() {
    if (!checkpointer_) co_return;
    co_await save(checkpointer_->all(resume_points(), clock_.now()));
  }

  [[nodiscard]] GatewayStats stats() const {
    GatewayStats stats = counters_.snapshot();
    stats.shards = monitor.shards();
    stats.session_starts_24h = limiter_->starts_last_day();
    return stats;
  }

  GatewayOptions options;
  const std::shared_ptr<net::WebSocketLoop> loop;
  GatewayMonitor monitor;
  std::vector<std::shared_ptr<Shard>> shards;
  std::atomic<unsigned> shard_count{1};

 private:
  net::Task<> start() {
    const std::vector<SavedSession> saved = co_await load_sessions();
    const std::optional<GatewayBot> bot = co_await fetch_gateway();
    if (stopped_.is_set() || !bot) co_return;
    const unsigned count = std::max(1U, options.shards.value_or(bot->shards));
    limiter_->set_limits(*bot, count);
    checkpointer_.emplace(options.intents, count);
    monitor.begin(count);
    shard_count = count;
    const Shard::Parts parts{loop,
                             limiter_,
                             listener_,
                             monitor,
                             counters_,
                             reader_,
                             random_fraction,
                             log_,
                             [this] { save_soon_.set(); },
                             [this](std::string_view remedy) { fail(remedy); }};
    for (unsigned id = 0; id < count; ++id) {
      shards.push_back(std::make_shared<Shard>(options, ShardId{id, count}, bot->url, parts));
    }
    log_.info("Connecting to Discord", {{"shards", count}, {"saved_sessions", saved.size()}});
    for (unsigned id = 0; id < count; ++id) shards[id]->start(checkpointer_->resume(saved, id, clock_.now()));
  }

  /// The sessions and session starts of earlier runs; if they cannot be read, there are none.
  net::Task<std::vector<SavedSession>> load_sessions() {
    std::vector<SavedSession> sessions;
    try {
      co_await limiter_->load();
      sessions = co_await store_.load(bot_);
    } catch (const std::exception& exception) {
      log_.warn("Could not read the saved gateway sessions", {{"reason", exception.what()}});
    }
    co_return sessions;
  }

  /// Retries GET /gateway/bot until it succeeds; nothing if Discord refuses the token, or after `stop`.
  net::Task<std::optional<GatewayBot>> fetch_gateway() {
    net::Backoff backoff(fetch_backoff);
    while (!stopped_.is_set()) {
      auto fetched = co_await fetch_();
      if (fetched) co_return std::move(*fetched);
      const auto& error = fetched.error();
      if (error.code == Errc::unauthenticated) {
        const auto remedy = remedy_for(4004, options.intents);
        log_.error(remedy);
        fail(remedy);
        break;
      }
      const auto pause = std::max(backoff.next(), error.retry_after);
      log_.warn("GET /gateway/bot failed", {{"reason", error.message}});
      monitor.set_waiting_reason("GET /gateway/bot failed: " + public_message(error) + " It is asked again after " +
                                 std::to_string(std::chrono::ceil<seconds>(pause).count()) + " s.");
      co_await stopped_.wait_for(pause);
    }
    co_return std::nullopt;
  }

  /// Discord would refuse the other shards for the same reason; those that have a session keep it.
  void fail(std::string_view remedy) {
    if (!monitor.fail(std::string(remedy))) return;
    for (const auto& shard : shards) {
      if (shard->session().state() == ShardState::queued) shard->fail(remedy);
    }
  }

  /// Where the next run of the program is to resume.
  [[nodiscard]] ResumePoints resume_points() const {
    ResumePoints points;
    for (unsigned id = 0; id < shards.size(); ++id) {
      auto point = shards[id]->session().point();
      const auto unhandled = listener_.first_unhandled(id);
      if (point && unhandled) point->sequence = std::min(point->sequence, std::max<std::uint64_t>(*unhandled, 2) - 1);
      points.push_back(std::move(point));
    }
    return points;
  }

  static net::Task<> checkpoint_sessions(std::shared_ptr<State> self) {
    for (;;) {
      co_await self->save_soon_.wait_for(SessionCheckpointer::interval);
      self->save_soon_.reset();
      if (self->stopped_.is_set()) break;
      auto sessions = self->checkpointer_->due(self->resume_points(), self->clock_.now());
      if (sessions) co_await self->save(std::move(*sessions));
    }
  }

  net::Task<> save(std::vector<SavedSession> sessions) {
    try {
      co_await store_.save(bot_, std::move(sessions));
    } catch (const std::exception& exception) {
      log_.warn("Could not save the gateway sessions", {{"reason", exception.what()}});
    }
  }

  const std::string bot_;
  const FetchGatewayBot fetch_;
  GatewaySessionStore& store_;
  GatewayListener& listener_;
  const base::Clock& clock_;
  const base::Log log_;
  PayloadReader reader_;
  GatewayCounters counters_;
  const std::shared_ptr<IdentifyLimiter> limiter_;
  std::optional<SessionCheckpointer> checkpointer_;
  net::Event stopped_;
  net::Event save_soon_;
};

Gateway::Gateway(net::Executor home, GatewayOptions options, FetchGatewayBot fetch, GatewaySessionStore& store,
                 GatewayListener& listener, const base::Clock& clock, base::Log log)
    : state_(std::make_shared<State>(std::move(home), std::move(options), std::move(fetch), store, listener, clock,
                                     std::move(log))) {}

Gateway::~Gateway() = default;

net::Task<> Gateway::run() { return state_->run(); }

net::Task<> Gateway::stop() { return state_->stop(); }

net::Task<> Gateway::save_sessions() { return state_->save_sessions(); }

void Gateway::set_presence(const Presence& presence) {
  state_->options.presence = presence;
  for (const auto& shard : state_->shards) shard->update_presence();
}

base::Result<void> Gateway::request_members(const MembersRequest& request) {
  auto text = members_text(request);
  if (!text) return text.error();
  if (state_->shards.empty()) return base::Error{Errc::unavailable, "The bot is not connected to Discord yet."};
  return state_->shards[guild_shard(request.guild)]->send_command(std::move(*text));
}

unsigned Gateway::guild_shard(base::GuildId guild) const { return shard_of(guild, state_->shard_count.load()); }

bool Gateway::shard_ready(unsigned shard) const { return state_->monitor.ready(shard); }

GatewayHealth Gateway::health() const { return state_->monitor.health(); }

GatewayStats Gateway::stats() const { return state_->stats(); }

}  // namespace guildhall::discord
