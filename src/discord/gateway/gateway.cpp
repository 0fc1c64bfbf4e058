#include "discord/gateway/gateway.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cmath>
#include <utility>

#include "base/random.hpp"
#include "discord/gateway/bot_fingerprint.hpp"
#include "discord/gateway/close_codes.hpp"
#include "discord/gateway/counters.hpp"
#include "discord/gateway/identify_gate.hpp"
#include "discord/gateway/monitor.hpp"
#include "discord/gateway/session_keeper.hpp"
#include "discord/gateway/shard.hpp"
#include "discord/gateway/wake_up.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds first_retry{1};
constexpr seconds longest_retry{60};
/// For Discord to answer our close frames when we stop.
constexpr milliseconds close_limit{500};

double random_fraction() {
  std::uint32_t number = 0;
  base::random_bytes(std::as_writable_bytes(std::span(&number, 1)));
  return std::ldexp(static_cast<double>(number), -32);
}

}  // namespace

class Gateway::Impl final : public std::enable_shared_from_this<Impl>, private ShardOwner {
 public:
  Impl(net::Executor home, GatewayOptions options, FetchGatewayBot fetch, GatewaySessionStore& store,
       GatewayListener& listener, const base::Clock& clock, base::Log log)
      : options_(std::move(options)),
        fetch_(std::move(fetch)),
        store_(store),
        listener_(listener),
        clock_(clock),
        log_(std::move(log)),
        bot_(bot_fingerprint(options_.token)),
        loop_(std::make_shared<net::WebSocketLoop>(home)),
        gate_({home, fetch_, store_, clock_, log_, bot_, monitor_}),
        fetching_(home),
        saving_(home) {}

  net::Task<> run() {
    const auto self = shared_from_this();  // Shards may call back until the end.
    auto starting = start();
    co_await std::move(starting);
    while (shards_.empty() && !stopping_) {  // Discord has refused the token.
      auto sleeping = fetching_.sleep_until(steady_clock::time_point::max());
      co_await std::move(sleeping);
    }
    if (stopping_) co_return;
    boost::asio::co_spawn(loop_->executor(), keep_sessions(self), boost::asio::detached);
    auto giving = gate_.run([this](unsigned shard) { shards_[shard]->on_turn(); });
    co_await std::move(giving);
  }

  net::Task<> stop() {
    stopping_ = true;
    monitor_.stop();
    for (const auto& shard : shards_) shard->stop();
    gate_.stop();
    fetching_.call();
    saving_.call();
    auto draining = loop_->drained(close_limit);
    co_await std::move(draining);
  }

  net::Task<> save_sessions() {
    if (!keeper_) co_return;
    auto sessions = keeper_->all(points(), clock_.now());
    auto saving = save(std::move(sessions));
    co_await std::move(saving);
  }

  void set_presence(const Presence& presence) {
    options_.presence = presence;
    for (const auto& shard : shards_) shard->update_presence();
  }

  base::Result<void> request_members(const MembersWanted& wanted) {
    auto text = members_text(wanted);
    if (!text) return text.error();
    if (shards_.empty()) return base::Error{Errc::unavailable, "The bot is not connected to Discord yet."};
    return shards_[guild_shard(wanted.guild)]->send_command(std::move(*text));
  }

  [[nodiscard]] unsigned guild_shard(base::GuildId guild) const {
    return static_cast<unsigned>((guild.value() >> 22) % shard_count_.load());
  }

  [[nodiscard]] bool shard_ready(unsigned shard) const { return monitor_.ready(shard); }
  [[nodiscard]] GatewayHealth health() const { return monitor_.health(); }

  [[nodiscard]] GatewayStats stats() const {
    GatewayStats stats;
    counters_.copy_to(stats);
    stats.shards = monitor_.shards();
    stats.session_starts_24h = gate_.starts_in_a_day();
    return stats;
  }

 private:
  // ShardOwner
  void on_dispatch(const Dispatch& dispatch) override { listener_.on_dispatch(dispatch); }

  void want_turn(unsigned shard) override {
    if (advice_) return shards_[shard]->fail(*advice_);
    gate_.enter(shard);
  }

  void end_turn(unsigned shard, SessionActions::Turn turn) override {
    gate_.leave(shard, turn == SessionActions::Turn::used);
  }

  void count_identify(unsigned shard) override {
    boost::asio::co_spawn(loop_->executor(), count(shared_from_this(), shard), boost::asio::detached);
  }

  void on_change(unsigned shard, const GatewayStats::Shard& how) override {
    if (how.state != ShardState::ready) all_ready_ = false;
    monitor_.set(shard, how);
  }

  void on_ready(unsigned) override {
    saving_.call();
    const bool all = std::all_of(shards_.begin(), shards_.end(), [](const std::shared_ptr<Shard>& shard) {
      return shard->session().state() == ShardState::ready;
    });
    if (all && !std::exchange(all_ready_, true)) listener_.on_shards_ready(static_cast<unsigned>(shards_.size()));
  }

  /// What one shard is refused for, the others would be too; those that have a session keep it.
  void on_failed(unsigned, std::string_view advice) override {
    if (advice_) return;
    advice_ = advice;
    monitor_.fail(*advice_);
    for (const auto& shard : shards_) {
      if (shard->session().state() == ShardState::queued) shard->fail(*advice_);
    }
  }

  /// IDENTIFY is sent when it is certain that the next run of the program knows of it, or that it cannot.
  static net::Task<> count(std::shared_ptr<Impl> self, unsigned shard) {
    auto counting = self->gate_.count();
    co_await std::move(counting);
    self->shards_[shard]->on_counted();
  }

  /// Finds out where and how to connect, and begins.
  net::Task<> start() {
    auto loading = load();
    const std::vector<SavedSession> saved = co_await std::move(loading);
    auto fetching = fetch_until_known();
    const std::optional<GatewayBot> bot = co_await std::move(fetching);
    if (stopping_ || !bot) co_return;
    const unsigned count = std::max(1U, options_.shards.value_or(bot->shards));
    gate_.learn(*bot, count);
    keeper_.emplace(options_.intents, count);
    monitor_.begin(count);
    shard_count_ = count;
    for (unsigned id = 0; id < count; ++id) {
      const Shard::Parts parts{loop_, *this, reader_, counters_, random_fraction, log_};
      shards_.push_back(std::make_shared<Shard>(options_, ShardId{id, count}, bot->url, parts));
    }
    log_.info("Connecting to Discord", {{"shards", count}, {"saved_sessions", saved.size()}});
    for (unsigned id = 0; id < count; ++id) shards_[id]->start(keeper_->take_up(saved, id, clock_.now()));
  }

  /// What former runs of the program left; what cannot be read is as if they had left nothing.
  net::Task<std::vector<SavedSession>> load() {
    std::vector<SavedSession> sessions;
    try {
      auto reading_starts = gate_.load();
      co_await std::move(reading_starts);
      auto reading_sessions = store_.load(bot_);
      sessions = co_await std::move(reading_sessions);
    } catch (const std::exception& exception) {
      log_.warn("The sessions of the last run could not be read", {{"reason", exception.what()}});
    }
    co_return sessions;
  }

  /// Asks for GET /gateway/bot until there is an answer; nothing where Discord refuses the token, or at the end.
  net::Task<std::optional<GatewayBot>> fetch_until_known() {
    for (seconds wait = first_retry; !stopping_; wait = std::min(wait * 2, longest_retry)) {
      auto fetching = fetch_();
      auto fetched = co_await std::move(fetching);
      if (fetched) co_return std::move(*fetched);
      const auto& error = fetched.error();
      if (error.code == Errc::unauthenticated) {
        const auto advice = advice_for(4004, options_.intents);
        log_.error(advice);
        on_failed(0, advice);
        break;
      }
      log_.warn("Discord does not say where its gateway is", {{"reason", error.message}});
      monitor_.wait_for("Discord does not say where its gateway is: " + error.message);
      const auto pause = std::max(error.retry_after, milliseconds(wait));
      const milliseconds chance(static_cast<milliseconds::rep>(static_cast<double>(pause.count()) * random_fraction()));
      auto sleeping = fetching_.sleep_until(steady_clock::now() + (pause + chance) / 2);
      co_await std::move(sleeping);
    }
    co_return std::nullopt;
  }

  /// Where the next run is to go on.
  [[nodiscard]] SessionKeeper::Points points() const {
    SessionKeeper::Points points;
    for (unsigned id = 0; id < shards_.size(); ++id) {
      points.push_back(shards_[id]->session().point());
      const auto unhandled = listener_.first_unhandled(id);
      auto& point = points.back();
      if (point && unhandled) point->sequence = std::min(point->sequence, std::max<std::uint64_t>(*unhandled, 2) - 1);
    }
    return points;
  }

  static net::Task<> keep_sessions(std::shared_ptr<Impl> self) {
    while (!self->stopping_) {
      auto sleeping = self->saving_.sleep_until(steady_clock::now() + SessionKeeper::interval);
      co_await std::move(sleeping);
      if (self->stopping_) break;
      auto sessions = self->keeper_->due(self->points(), self->clock_.now());
      if (!sessions) continue;
      auto saving = self->save(std::move(*sessions));
      co_await std::move(saving);
    }
  }

  net::Task<> save(std::vector<SavedSession> sessions) {
    try {
      auto saving = store_.save(bot_, std::move(sessions));
      co_await std::move(saving);
    } catch (const std::exception& exception) {
      log_.warn("The sessions could not be saved", {{"reason", exception.what()}});
    }
  }

  GatewayOptions options_;
  const FetchGatewayBot fetch_;
  GatewaySessionStore& store_;
  GatewayListener& listener_;
  const base::Clock& clock_;
  const base::Log log_;
  const std::string bot_;
  const std::shared_ptr<net::WebSocketLoop> loop_;
  PayloadReader reader_;
  GatewayCounters counters_;
  GatewayMonitor monitor_;
  std::vector<std::shared_ptr<Shard>> shards_;
  std::atomic<unsigned> shard_count_{1};

  IdentifyGate gate_;
  WakeUp fetching_;
  WakeUp saving_;
  std::optional<SessionKeeper> keeper_;
  std::optional<std::string> advice_;  ///< Why no session can be started any more.
  bool all_ready_ = false;
  bool stopping_ = false;
};

Gateway::Gateway(net::Executor home, GatewayOptions options, FetchGatewayBot fetch, GatewaySessionStore& store,
                 GatewayListener& listener, const base::Clock& clock, base::Log log)
    : impl_(std::make_shared<Impl>(std::move(home), std::move(options), std::move(fetch), store, listener, clock,
                                   std::move(log))) {}

Gateway::~Gateway() = default;

net::Task<> Gateway::run() { return impl_->run(); }

net::Task<> Gateway::stop() { return impl_->stop(); }

net::Task<> Gateway::save_sessions() { return impl_->save_sessions(); }

void Gateway::set_presence(const Presence& presence) { impl_->set_presence(presence); }

base::Result<void> Gateway::request_members(const MembersWanted& wanted) { return impl_->request_members(wanted); }

unsigned Gateway::guild_shard(base::GuildId guild) const { return impl_->guild_shard(guild); }

bool Gateway::shard_ready(unsigned shard) const { return impl_->shard_ready(shard); }

GatewayHealth Gateway::health() const { return impl_->health(); }

GatewayStats Gateway::stats() const { return impl_->stats(); }

}  // namespace guildhall::discord
