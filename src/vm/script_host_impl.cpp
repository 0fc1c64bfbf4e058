#include "vm/script_host_impl.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <vector>

#include "base/failure.hpp"
#include "vm/missing.hpp"
#include "vm/socket_pair.hpp"

namespace guildhall::vm {
namespace {

using boost::asio::redirect_error;
using boost::asio::use_awaitable;

constexpr auto never = std::chrono::steady_clock::time_point::max();
/// What `stop` waits for what it has ended.
constexpr std::chrono::milliseconds stop_limit{1000};

Outcome refusal(Ending ending) {
  Outcome outcome;
  outcome.ending = ending;
  return outcome;
}

/// Counts something as long as it lives.
class Counted {
 public:
  explicit Counted(std::size_t& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::size_t& count_;
};

}  // namespace

ScriptHostImpl::ScriptHostImpl(net::Executor home, ScriptHostOptions options, base::Log log)
    : home_(std::move(home)),
      options_(std::move(options)),
      log_(std::move(log)),
      queue_(options_.queue),
      first_start_(home_, never),
      relaunch_(home_),
      patience_(home_),
      changed_(home_) {}

net::Task<base::Result<void>> ScriptHostImpl::start(std::shared_ptr<ScriptHostImpl> self) {
  self->state_ = State::starting;
  self->launch();
  if (self->state_ == State::starting) {
    boost::system::error_code ignored;
    auto token = redirect_error(use_awaitable, ignored);
    co_await self->first_start_.async_wait(token);
  }
  base::Result<void> result;
  if (self->state_ != State::ready) result = base::Error{base::Errc::unavailable, self->board_.reason_off()};
  co_return result;
}

net::Task<> ScriptHostImpl::stop(std::shared_ptr<ScriptHostImpl> self) {
  self->abandon();
  // Only here, on the loop: elsewhere Asio would emit later, when a task may be gone already.
  auto& tasks = self->tasks_;
  for (auto at = tasks.begin(); at != tasks.end();) (at++)->emit(boost::asio::cancellation_type::terminal);
  const auto limit = Clock::now() + stop_limit;
  self->changed_.expires_at(limit);
  while (Clock::now() < limit && (self->processes_ > 0 || self->callers_ > 0 || !self->tasks_.empty())) {
    boost::system::error_code ignored;
    auto token = redirect_error(use_awaitable, ignored);
    co_await self->changed_.async_wait(token);
  }
}

void ScriptHostImpl::abandon() {
  if (std::exchange(state_, State::stopped) == State::stopped) return;
  board_.set_reason_off("Scripts are off, since the program is stopping.");
  first_start_.cancel();
  relaunch_.cancel();
  patience_.cancel();
  end_zygote();
  end_runs([](Run& run) { run.give_up(Ending::stopped); });
}

net::Task<Outcome> ScriptHostImpl::run(std::shared_ptr<ScriptHostImpl> self, base::GuildId guild,
                                       std::string first_frame, std::shared_ptr<HostCalls> world) {
  const auto number = ++self->last_number_;
  if (const auto refused = self->enter(number, guild)) {
    self->board_.count_ending(*refused);
    co_return refusal(*refused);
  }
  const Counted caller(self->callers_);
  Run::Parts parts{number, guild, self->options_.limits, std::move(first_frame), std::move(world)};
  const auto run = std::make_shared<Run>(self->home_, std::move(parts), self->options_.timeouts, self, self->log_);
  self->runs_.emplace(number, run);
  self->begin_runs();
  auto waiting = Run::wait(run);
  co_await std::move(waiting);
  self->changed_.cancel();
  if (!run->over()) {
    run->cancel();
    co_return refusal(Ending::stopped);
  }
  co_return run->outcome();
}

std::optional<Ending> ScriptHostImpl::enter(std::uint64_t number, base::GuildId guild) {
  if (state_ == State::stopped) return Ending::stopped;
  if (state_ == State::idle) return Ending::unavailable;
  if (queue_.enter(number, guild, Clock::now())) return std::nullopt;
  return too_long();
}

Ending ScriptHostImpl::too_long() const { return state_ == State::ready ? Ending::busy : Ending::unavailable; }

void ScriptHostImpl::launch() {
  launched_ = Clock::now();
  auto zygote = Zygote::start(home_, options_.program, options_.unsafe, options_.timeouts, weak_from_this());
  if (!zygote) return be_off(zygote.error().message);
  zygote_ = std::move(*zygote);
  ++processes_;
  board_.count_host();
}

void ScriptHostImpl::on_ready(std::uint64_t missing) {
  if (missing != 0 && !options_.unsafe) {
    end_zygote();
    return be_off("Scripts are off, since this machine does not give what keeps them in: " + describe_missing(missing) +
                  ". SCRIPTS_UNSAFE=1 runs them all the same.");
  }
  if (missing != 0 && !std::exchange(warned_, true)) {
    log_.warn("Scripts run though this machine does not give all that keeps them in",
              {{"missing", describe_missing(missing)}});
  }
  state_ = State::ready;
  board_.set_reason_off({});
  log_.info("The script host is ready",
            {{"ms", std::chrono::round<std::chrono::milliseconds>(Clock::now() - launched_).count()}});
  first_start_.cancel();
  begin_runs();
}

void ScriptHostImpl::on_ended(const protocol::Record& record) {
  const auto found = runs_.find(record.number);
  if (found == runs_.end() || !found->second->begun()) {
    end_zygote();
    return lose_zygote("it told of a run that is none");
  }
  const auto run = found->second;
  run->on_ended(record);
}

void ScriptHostImpl::on_dead(std::string_view why) {
  zygote_.reset();
  lose_zygote(why);
}

void ScriptHostImpl::on_reaped() {
  --processes_;
  changed_.cancel();
}

void ScriptHostImpl::lose_zygote(std::string_view why) {
  const std::string reason =
      "The script host " + options_.program.string() + " is not running: " + std::string(why) + ".";
  const auto runs = queue_.running();
  be_off(reason);
  if (runs == 0) return;
  log_.warn("Scripts were ended with the script host", {{"runs", runs}});
  end_runs([](Run& run) {
    if (run.begun()) run.on_host_dead();
  });
}

void ScriptHostImpl::be_off(std::string reason) {
  board_.set_reason_off(reason);
  if (state_ == State::starting) {
    state_ = State::idle;
    first_start_.cancel();
    return end_runs([](Run& run) { run.give_up(Ending::unavailable); });
  }
  state_ = State::replacing;
  const auto pause = pause_.after(Clock::now() - launched_);
  log_.error(reason, {{"wait_ms", pause.count()}});
  relaunch_.expires_after(pause);
  relaunch_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (!cancelled && self && self->state_ == State::replacing) self->launch();
  });
}

void ScriptHostImpl::end_zygote() {
  if (const auto zygote = std::exchange(zygote_, nullptr)) zygote->end();
}

void ScriptHostImpl::begin_runs() {
  while (state_ == State::ready) {
    const auto number = queue_.take();
    if (!number) break;
    const auto run = runs_.at(*number);
    begin(*run);
  }
  board_.set_load(queue_.running(), queue_.waiting());
  watch_patience();
}

void ScriptHostImpl::begin(Run& run) {
  auto sockets = make_socket_pair();
  if (!sockets) {
    log_.error(sockets.error().message);
    return run.give_up(Ending::unavailable);
  }
  board_.count_start();
  zygote_->run(run.record(), std::move(sockets->theirs));
  run.begin(std::move(sockets->ours));
}

void ScriptHostImpl::watch_patience() {
  const auto next = queue_.next_late();
  if (next == patience_.expiry()) return;
  patience_.expires_at(next);
  if (next == RunQueue::never) return;
  patience_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (cancelled || !self) return;
    self->end_late_runs();
    self->watch_patience();
  });
}

void ScriptHostImpl::end_late_runs() {
  while (const auto number = queue_.take_late(Clock::now())) {
    const auto run = runs_.at(*number);
    run->give_up(too_long());
  }
}

void ScriptHostImpl::end_runs(void (*how)(Run&)) {
  const auto runs = runs_;
  for (const auto& [number, run] : runs) how(*run);
}

void ScriptHostImpl::kill(Run& run) {
  if (zygote_) zygote_->kill(run.number());
}

void ScriptHostImpl::on_no_answer(Run&) {
  end_zygote();
  lose_zygote("it does not answer");
}

void ScriptHostImpl::on_over(Run& run) {
  board_.count_ending(run.outcome().ending);
  queue_.leave(run.number());
  runs_.erase(run.number());
  begin_runs();
}

void ScriptHostImpl::spawn(net::Task<> task) {
  const auto place = tasks_.emplace(tasks_.end());
  auto done = [self = shared_from_this(), place](std::exception_ptr failure) {
    self->tasks_.erase(place);
    self->changed_.cancel();
    if (failure && self->state_ != State::stopped) {
      self->log_.error("A run failed", {{"error", base::describe(failure)}});
    }
  };
  boost::asio::co_spawn(home_, std::move(task), boost::asio::bind_cancellation_slot(place->slot(), std::move(done)));
}

}  // namespace guildhall::vm
