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
#include "discord/gateway/identify_budget.hpp"
#include "discord/gateway/identify_queue.hpp"
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

/// What Discord says about session starts is asked for anew before a start, if it is older.
constexpr std::chrono::minutes limit_age{5};
constexpr seconds first_retry{1};
constexpr seconds longest_retry{60};
/// A long wait is looked at again and again: Discord may have changed its mind.
constexpr seconds longest_sleep{60};
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
        turns_(home),
        saving_(home) {}

  net::Task<> run() {
    const auto self = shared_from_this();  // Shards may call back until the end.
    auto starting = start();
    co_await std::move(starting);
    boost::asio::co_spawn(loop_->executor(), keep_sessions(self), boost::asio::detached);
    auto giving = give_turns();
    co_await std::move(giving);
  }

  net::Task<> stop() {
    stopping_ = true;
    monitor_.stop();
    for (const auto& shard : shards_) shard->stop();
    turns_.call();
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

  [[nodiscard]] GatewayHealth health() const { return monitor_.health(); }

  [[nodiscard]] GatewayStats stats() const {
    GatewayStats stats;
    counters_.copy_to(stats);
    stats.shards = monitor_.shards();
    stats.session_starts_24h = starts_in_a_day_;
    return stats;
  }

 private:
  // ShardOwner
  void on_dispatch(const Dispatch& dispatch) override { listener_.on_dispatch(dispatch); }

  void want_turn(unsigned shard) override {
    queue_->enter(shard);
    turns_.call();
  }

  void end_turn(unsigned shard, SessionActions::Turn turn) override {
    queue_->leave(shard, turn == SessionActions::Turn::used, steady_clock::now());
    turns_.call();
  }

  void count_identify(unsigned shard) override {
    const auto now = clock_.now();
    budget_->add(now);
    starts_in_a_day_ = budget_->last_day(now);
    boost::asio::co_spawn(loop_->executor(), write_down_identify(shared_from_this(), shard, now),
                          boost::asio::detached);
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

  /// What one shard is refused for, all others would be too; those that have a session keep it.
  void on_failed(unsigned, std::string_view advice) override {
    monitor_.fail(std::string(advice));
    if (!advice_) advice_ = advice;
    turns_.call();
  }

  /// IDENTIFY is sent when it is certain that the next run of the program knows of it, or that it cannot.
  static net::Task<> write_down_identify(std::shared_ptr<Impl> self, unsigned shard, base::Timestamp now) {
    try {
      auto writing = self->store_.add_identify(self->bot_, now, now - IdentifyBudget::day);
      co_await std::move(writing);
    } catch (const std::exception& exception) {
      self->log_.warn("The start of a session could not be written down", {{"reason", exception.what()}});
    }
    self->shards_[shard]->on_counted();
  }

  /// Finds out where and how to connect, and begins.
  net::Task<> start() {
    auto loading = load();
    const std::vector<SavedSession> saved = co_await std::move(loading);
    auto fetching = fetch_until_known();
    co_await std::move(fetching);
    if (stopping_ || !bot_info_) co_return;
    const unsigned count = options_.shards.value_or(bot_info_->shards);
    keeper_.emplace(options_.intents, count);
    queue_.emplace(std::max(1U, bot_info_->session_start_limit.max_concurrency));
    monitor_.begin(count);
    shard_count_ = count;
    for (unsigned id = 0; id < count; ++id) {
      shards_.push_back(std::make_shared<Shard>(options_, ShardId{id, count}, bot_info_->url,
                                                Shard::Parts{loop_, *this, reader_, counters_, random_fraction, log_}));
    }
    log_.info("Connecting to Discord", {{"shards", count}, {"saved_sessions", saved.size()}});
    for (unsigned id = 0; id < count; ++id) shards_[id]->start(keeper_->usable(saved, id, clock_.now()));
  }

  /// What former runs of the program left; what cannot be read is as if they had left nothing.
  net::Task<std::vector<SavedSession>> load() {
    std::vector<SavedSession> sessions;
    std::vector<base::Timestamp> starts;
    const auto now = clock_.now();
    try {
      auto reading_starts = store_.identifies(bot_, now - IdentifyBudget::day);
      starts = co_await std::move(reading_starts);
      auto reading_sessions = store_.load(bot_);
      sessions = co_await std::move(reading_sessions);
    } catch (const std::exception& exception) {
      log_.warn("The sessions of the last run could not be read", {{"reason", exception.what()}});
    }
    budget_.emplace(std::move(starts));
    starts_in_a_day_ = budget_->last_day(now);
    co_return sessions;
  }

  /// Asks for GET /gateway/bot until there is an answer, unless Discord refuses the token.
  net::Task<> fetch_until_known() {
    for (seconds wait = first_retry; !stopping_ && !advice_; wait = std::min(wait * 2, longest_retry)) {
      auto fetching = fetch_();
      auto fetched = co_await std::move(fetching);
      if (fetched) {
        learn(std::move(*fetched));
        co_return;
      }
      const auto& error = fetched.error();
      if (error.code == Errc::unauthenticated) {
        const auto advice = advice_for(4004, options_.intents);
        log_.error(advice);
        on_failed(0, advice);
        co_return;
      }
      log_.warn("Discord does not say where its gateway is", {{"reason", error.message}});
      monitor_.wait_for("Discord does not say where its gateway is: " + error.message);
      const auto pause = std::max(error.retry_after, milliseconds(wait));
      const milliseconds chance(static_cast<milliseconds::rep>(static_cast<double>(pause.count()) * random_fraction()));
      auto sleeping = turns_.sleep_until(steady_clock::now() + (pause + chance) / 2);
      co_await std::move(sleeping);
    }
  }

  void learn(GatewayBot bot) {
    budget_->set_limit(bot.session_start_limit, clock_.now());
    bot_info_ = std::move(bot);
    learnt_at_ = steady_clock::now();
  }

  /// Lets shards start sessions, one after the other, until the gateway is stopped.
  net::Task<> give_turns() {
    while (!stopping_) {
      auto until = steady_clock::time_point::max();
      if (!advice_ && queue_ && queue_->next() <= steady_clock::now()) {
        auto refreshing = refresh_limit();
        co_await std::move(refreshing);
        until = give_turn();
      } else if (advice_) {
        for (const auto& shard : shards_) {
          if (shard->session().state() == ShardState::queued) shard->fail(*advice_);
        }
      } else if (queue_) {
        until = queue_->next();
      }
      auto sleeping = turns_.sleep_until(until);
      co_await std::move(sleeping);
    }
  }

  /// Gives a turn if the budget allows; returns when to see about the next one.
  steady_clock::time_point give_turn() {
    const auto now = clock_.now();
    const auto verdict = budget_->next(now, shard_count_, queue_->taken());
    if (verdict.allowed_at > now) {
      const std::string notice =
          verdict.reason + " The next one may start at " + base::to_iso8601(verdict.allowed_at) + ".";
      if (std::exchange(notice_, notice) != notice) log_.warn(notice);
      monitor_.wait_for(notice);
      return steady_clock::now() + std::min<steady_clock::duration>(verdict.allowed_at - now, longest_sleep);
    }
    notice_.clear();
    monitor_.wait_for("");
    if (const auto shard = queue_->take(steady_clock::now())) shards_[*shard]->on_turn();
    return queue_->next();
  }

  net::Task<> refresh_limit() {
    if (steady_clock::now() - learnt_at_ < limit_age) co_return;
    auto fetching = fetch_();
    auto fetched = co_await std::move(fetching);
    if (fetched) {
      learn(std::move(*fetched));
    } else {
      learnt_at_ = steady_clock::now();  // What we know must do for a while.
    }
  }

  [[nodiscard]] SessionKeeper::Points points() const {
    SessionKeeper::Points points;
    for (const auto& shard : shards_) points.push_back(shard->session().point());
    return points;
  }

  static net::Task<> keep_sessions(std::shared_ptr<Impl> self) {
    while (!self->stopping_ && self->keeper_) {
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
  std::atomic<std::uint64_t> starts_in_a_day_{0};

  WakeUp turns_;
  WakeUp saving_;
  std::optional<IdentifyBudget> budget_;
  std::optional<IdentifyQueue> queue_;
  std::optional<SessionKeeper> keeper_;
  std::optional<GatewayBot> bot_info_;
  steady_clock::time_point learnt_at_{};
  std::string notice_;
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

GatewayHealth Gateway::health() const { return impl_->health(); }

GatewayStats Gateway::stats() const { return impl_->stats(); }

}  // namespace guildhall::discord
