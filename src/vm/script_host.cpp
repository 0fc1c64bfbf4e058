#include "vm/script_host.hpp"

#include <utility>

#include "base/failure.hpp"
#include "net/async/backoff.hpp"
#include "net/async/spawn.hpp"
#include "vm/frames.hpp"
#include "vm/script_host_impl.hpp"

namespace guildhall::vm {
namespace {

using std::chrono::milliseconds;

/// How long `stop` waits.
constexpr milliseconds max_stop_wait{1000};
/// The first restart is immediate. The backoff starts anew after a guildhall-vm that lived this long.
constexpr std::chrono::minutes min_healthy_life{1};
constexpr net::Backoff::Options restart_pauses{.first = milliseconds(100), .max = milliseconds(10'000)};

Outcome refusal(Ending ending) {
  Outcome outcome;
  outcome.ending = ending;
  return outcome;
}

/// Keeps `holder` until the process has ended.
net::Task<> reap(std::shared_ptr<Zygote> zygote, milliseconds timeout,
                 [[maybe_unused]] std::optional<net::Gate::Holder> holder) {
  co_await Zygote::reap(std::move(zygote), timeout);
}

}  // namespace

ScriptHostImpl::ScriptHostImpl(net::Executor home, ScriptHostOptions options, base::Log log)
    : home_(std::move(home)),
      options_(std::move(options)),
      log_(std::move(log)),
      queue_(options_.queue, options_.limits.cpu),
      queue_timer_(home_),
      tasks_(home_, [log = log_](std::exception_ptr failure) mutable {
        log.error("A task of a script run failed", {{"error", base::describe(failure)}});
      }) {}

net::Task<base::Result<void>> ScriptHostImpl::start(std::shared_ptr<ScriptHostImpl> self) {
  self->state_ = State::starting;
  net::spawn(self->home_, supervise(self));
  co_await self->first_start_.wait();
  base::Result<void> result;
  if (self->state_ != State::ready) result = base::Error{base::Errc::unavailable, self->status_.reason_off()};
  co_return result;
}

net::Task<> ScriptHostImpl::stop(std::shared_ptr<ScriptHostImpl> self) {
  const auto deadline = Clock::now() + max_stop_wait;
  self->abandon();
  co_await self->tasks_.stop(max_stop_wait);
  co_await self->gate_.close(deadline - Clock::now());
}

void ScriptHostImpl::abandon() {
  if (std::exchange(state_, State::stopped) == State::stopped) return;
  status_.set_reason_off("Scripts are off because the program is stopping.");
  first_start_.set();
  stopped_.set();
  queue_timer_.cancel();
  if (zygote_) zygote_->close("the program is stopping");
  end_runs([](Run& run) { run.end(Ending::stopped); });
}

net::Task<> ScriptHostImpl::supervise(std::shared_ptr<ScriptHostImpl> self) {
  const auto holder = self->gate_.enter();
  net::Backoff backoff(restart_pauses);
  bool restart_at_once = true;
  for (;;) {
    const auto started = Clock::now();
    const auto reason = co_await serve(self);
    if (self->state_ == State::stopped) co_return;
    self->on_off(reason);
    if (self->state_ == State::off) co_return;
    if (Clock::now() - started >= min_healthy_life) {
      backoff.reset();
      restart_at_once = true;
    }
    const auto pause = std::exchange(restart_at_once, false) ? milliseconds(0) : backoff.next();
    self->log_.error(reason, {{"wait_ms", pause.count()}});
    if (co_await self->stopped_.wait_for(pause)) co_return;
  }
}

net::Task<std::string> ScriptHostImpl::serve(std::shared_ptr<ScriptHostImpl> self) {
  const auto started = Clock::now();
  auto starting = Zygote::start(self->home_, self->options_.program, self->options_.unsafe);
  if (!starting) co_return starting.error().message;
  const auto zygote = self->zygote_ = *starting;
  auto holder = self->gate_.enter();
  self->status_.update([](ScriptStats& stats) { ++stats.hosts_started; });
  boost::asio::steady_timer start_timer(self->home_, self->options_.timeouts.start);
  start_timer.async_wait([self, zygote](boost::system::error_code cancelled) {
    if (!cancelled && self->state_ != State::ready) zygote->close("it did not become ready in time");
  });

  bool ready = false;
  std::optional<std::string> refusal;
  for (;;) {
    const auto record = co_await Zygote::receive(zygote);
    if (!record) break;
    if (!ready && record->op == protocol::Op::ready) {
      ready = true;
      start_timer.cancel();
      refusal = self->on_ready(record->number, Clock::now() - started);
      if (refusal) zygote->close("the sandbox is incomplete");
    } else if (!ready || record->op != protocol::Op::ended || !self->on_ended(*record)) {
      zygote->close("it violated the protocol");
    }
  }
  self->zygote_ = nullptr;
  net::spawn(self->home_, reap(zygote, self->options_.timeouts.shutdown, std::move(holder)));
  co_return refusal.value_or("The script host " + self->options_.program.string() +
                             " is not running: " + zygote->reason() + ".");
}

std::optional<std::string> ScriptHostImpl::on_ready(std::uint64_t missing, Clock::duration start_time) {
  if (missing != 0 && !options_.unsafe) {
    return "Scripts are off because this machine lacks a part of the sandbox: " + describe_missing(missing) +
           ". SCRIPTS_UNSAFE=1 runs them without it.";
  }
  if (missing != 0 && !std::exchange(warned_, true)) {
    log_.warn("Scripts run although this machine lacks a part of the sandbox",
              {{"missing", describe_missing(missing)}});
  }
  state_ = State::ready;
  status_.set_reason_off({});
  log_.info("The script host is ready", {{"ms", std::chrono::round<milliseconds>(start_time).count()}});
  first_start_.set();
  start_runs();
  return std::nullopt;
}

bool ScriptHostImpl::on_ended(const protocol::Record& record) {
  const auto found = runs_.find(record.number);
  if (found == runs_.end() || !found->second->started()) return false;
  const auto run = found->second;
  run->on_ended(record);
  return true;
}

void ScriptHostImpl::on_off(const std::string& reason) {
  status_.set_reason_off(reason);
  if (state_ == State::starting) {
    state_ = State::off;
    first_start_.set();
    return end_runs([](Run& run) { run.end(Ending::unavailable); });
  }
  state_ = State::restarting;
  if (const auto runs = queue_.running() + queue_.idle(); runs > 0) {
    log_.warn("Running scripts ended because the script host ended", {{"runs", runs}});
  }
  end_runs([](Run& run) {
    if (run.started()) run.on_host_ended();
  });
}

net::Task<Outcome> ScriptHostImpl::run(std::shared_ptr<ScriptHostImpl> self, base::GuildId guild,
                                       std::string first_frame, std::shared_ptr<HostCalls> calls) {
  const auto number = ++self->last_number_;
  if (const auto refused = self->enqueue(number, guild)) {
    self->status_.update([&](ScriptStats& stats) { ++stats.endings[static_cast<std::size_t>(*refused)]; });
    co_return refusal(*refused);
  }
  const auto holder = self->gate_.enter();
  Run::Parts parts{number,          guild, self->options_.limits, self->options_.timeouts, std::move(first_frame),
                   std::move(calls)};
  const auto run = std::make_shared<Run>(self->home_, std::move(parts), self, self->log_);
  self->runs_.emplace(number, run);
  self->start_runs();
  try {
    co_await run->wait();
  } catch (const boost::system::system_error&) {  // The caller was cancelled.
    run->cancel();
    co_return refusal(Ending::stopped);
  }
  co_return run->outcome();
}

std::optional<Ending> ScriptHostImpl::enqueue(std::uint64_t number, base::GuildId guild) {
  if (state_ == State::stopped) return Ending::stopped;
  if (state_ == State::off) return Ending::unavailable;
  if (queue_.enter(number, guild, Clock::now())) return std::nullopt;
  return queue_ending();
}

void ScriptHostImpl::start_runs() {
  while (state_ == State::ready) {
    const auto number = queue_.take(Clock::now());
    if (!number) break;
    const auto run = runs_.at(*number);
    if (run->started()) {
      run->go_on();
    } else {
      start_run(*run);
    }
  }
  end_refused();
  status_.update([this](ScriptStats& stats) {
    stats.running = queue_.running();
    stats.idle = queue_.idle();
    stats.waiting = queue_.waiting();
  });
  watch_queue();
}

void ScriptHostImpl::start_run(Run& run) {
  auto sockets = make_socket_pair();
  if (!sockets) {
    log_.error(sockets.error().message);
    return run.end(Ending::unavailable);
  }
  status_.update([](ScriptStats& stats) { ++stats.started; });
  zygote_->run(run.record(queue_.is_heavy(run.number(), Clock::now())), std::move(sockets->theirs));
  run.start(std::move(sockets->ours));
}

void ScriptHostImpl::end_refused() {
  while (const auto number = queue_.take_refused(Clock::now())) {
    const auto run = runs_.find(*number);
    if (run != runs_.end()) std::shared_ptr(run->second)->refuse(queue_ending());
  }
}

void ScriptHostImpl::watch_queue() {
  const auto next = queue_.next_change(Clock::now());
  if (next == queue_timer_.expiry()) return;
  queue_timer_.expires_at(next);
  if (next == RunQueue::never) return;
  queue_timer_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (!cancelled && self) self->start_runs();
  });
}

void ScriptHostImpl::end_runs(void (*end)(Run&)) {
  const auto runs = runs_;
  for (const auto& [number, run] : runs) end(*run);
}

void ScriptHostImpl::kill(const Run& run) {
  if (zygote_) zygote_->kill(run.number());
}

void ScriptHostImpl::on_idle(const Run& run, const GuestIdle& idle) {
  queue_.idle(run.number(), idle.memory, Clock::now(), idle.cpu);
  start_runs();
}

void ScriptHostImpl::wake(const Run& run) {
  queue_.wake(run.number());
  start_runs();
}

void ScriptHostImpl::on_reap_timeout() {
  if (zygote_) zygote_->close("it did not report the end of a run in time");
}

void ScriptHostImpl::on_exited(const Run& run) {
  queue_.leave(run.number(), Clock::now(), run.cpu());
  start_runs();
}

void ScriptHostImpl::on_over(const Run& run) {
  status_.update([&](ScriptStats& stats) { ++stats.endings[static_cast<std::size_t>(run.outcome().ending)]; });
  queue_.leave(run.number(), Clock::now(), run.cpu());
  runs_.erase(run.number());
  start_runs();
}

ScriptHost::ScriptHost(net::Executor home, ScriptHostOptions options, base::Log log)
    : impl_(std::make_shared<ScriptHostImpl>(std::move(home), std::move(options), std::move(log))) {}

ScriptHost::~ScriptHost() { impl_->abandon(); }

void ScriptHost::describe_guilds_with(DescribeGuild describe) { impl_->describe_guilds_with(std::move(describe)); }

net::Task<base::Result<void>> ScriptHost::start() { return ScriptHostImpl::start(impl_); }

net::Task<> ScriptHost::stop() { return ScriptHostImpl::stop(impl_); }

net::Task<Outcome> ScriptHost::run(ScriptRun run, std::shared_ptr<HostCalls> calls) {
  return ScriptHostImpl::run(impl_, run.guild, run_frame(run, impl_->describe(run.guild), impl_->limits()),
                             std::move(calls));
}

net::Task<Outcome> ScriptHost::check(base::GuildId guild, std::string script) {
  return ScriptHostImpl::run(impl_, guild, check_frame(script), nullptr);
}

std::string ScriptHost::reason_off() const { return impl_->status().reason_off(); }

ScriptStats ScriptHost::stats() const { return impl_->status().stats(); }

}  // namespace guildhall::vm
