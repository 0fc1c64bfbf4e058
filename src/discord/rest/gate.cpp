#include "discord/rest/gate.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace guildhall::discord {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

}  // namespace

Gate::Gate(net::Executor home, TrafficLimits limits, RestCounters& counters, base::Log log)
    : control_(limits), counters_(counters), log_(std::move(log)), home_(std::move(home)), alarm_(home_) {}

Gate::Place::Place(std::shared_ptr<Gate> gate, Lane lane, std::size_t bytes, Time deadline)
    : gate_(std::move(gate)), called_(gate_->home_, Time::max()) {
  ticket_ = gate_->control_.enter(lane, bytes, deadline, Clock::now());
  gate_->places_[ticket_] = this;
  gate_->decide();
}

Gate::Place::~Place() {
  gate_->places_.erase(ticket_);
  gate_->control_.leave(ticket_, Clock::now());
  gate_->decide();
}

net::Task<base::Result<void>> Gate::Place::wait() {
  const auto since = Clock::now();
  const bool at_once = verdict_.has_value();
  while (!verdict_) {
    boost::system::error_code ignored;
    co_await called_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (!at_once) {
    const auto time = std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - since);
    waited_ += time;
    gate_->counters_.waited(time);
  }
  auto refusal = std::exchange(verdict_, std::nullopt)->refusal;
  if (!refusal) co_return base::Result<void>{};
  gate_->counters_.given_up();
  co_return std::move(*refusal);
}

void Gate::Place::answered(const RateNews& news) {
  gate_->control_.answered(ticket_, news, Clock::now());
  gate_->decide();
}

void Gate::Place::lost() {
  gate_->control_.lost(ticket_, Clock::now());
  gate_->decide();
}

void Gate::Place::again(std::chrono::milliseconds pause) {
  const auto now = Clock::now();
  gate_->control_.again(ticket_, now + pause, now);
  gate_->decide();
}

void Gate::refuse(std::uint64_t account, std::chrono::milliseconds time) {
  const auto now = Clock::now();
  control_.refuse(account, now + time, now);
  decide();
}

void Gate::close() {
  control_.close(Clock::now());
  decide();
}

void Gate::decide() {
  const auto now = Clock::now();
  for (auto& verdict : control_.decide(now)) {
    const auto found = places_.find(verdict.ticket);
    if (found == places_.end()) continue;
    Place& place = *found->second;
    place.verdict_ = std::move(verdict);
    place.called_.cancel();
  }
  const auto counts = control_.counts(now);
  counters_.set_levels(counts);
  if (counts.stopped && !stopped_) {
    log_.error("Discord refused so many requests that none is sent for now, lest it bans this address",
               {{"refused", counts.invalid}});
  }
  stopped_ = counts.stopped;

  const auto next = control_.next_decision();
  if (!next) {
    alarm_.cancel();
    return;
  }
  alarm_.expires_at(*next);
  alarm_.async_wait([self = weak_from_this()](boost::system::error_code error) {
    const auto gate = self.lock();
    if (!error && gate) gate->decide();
  });
}

}  // namespace guildhall::discord
