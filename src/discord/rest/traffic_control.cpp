#include "discord/rest/traffic_control.hpp"

#include <algorithm>

#include "discord/rest/traffic_state.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;

std::chrono::milliseconds until(TrafficControl::Time time, TrafficControl::Time now) {
  return std::chrono::ceil<std::chrono::milliseconds>(std::max(time - now, TrafficControl::Time::duration::zero()));
}

Error waits_too_long(TrafficControl::Time ready_at, TrafficControl::Time now) {
  return {Errc::rate_limited, "Discord limits how often it may be asked, and the limit lasts too long to wait for.", "",
          until(ready_at, now)};
}

}  // namespace

TrafficControl::TrafficControl(TrafficLimits limits) : limits_(limits) {}

TrafficControl::~TrafficControl() = default;

TrafficControl::Ticket TrafficControl::enter(Lane lane, std::size_t bytes, Time deadline, Time now) {
  forget_idle(now);
  const Ticket ticket = ++last_ticket_;
  Request& request = requests_[ticket];
  request.lane = lane;
  request.bytes = bytes;
  request.deadline = deadline;
  bytes_ += bytes;
  if (waiting_ >= limits_.waiting || bytes_ > limits_.bytes) {
    refuse_request(ticket, request, {Errc::rate_limited, "Too many requests wait for Discord's rate limits."}, now);
  } else {
    line_up(ticket, request, now);
  }
  return ticket;
}

void TrafficControl::again(Ticket ticket, Time not_before, Time now) {
  Request& request = requests_.at(ticket);
  if (not_before <= now) return line_up(ticket, request, now);
  request.state = Request::State::pausing;
  request.pause_until = not_before;
  ++waiting_;
  pauses_.emplace(not_before, ticket);
  deadlines_.emplace(request.deadline, ticket);
  review(ticket, request, now);
}

void TrafficControl::leave(Ticket ticket, Time now) {
  const auto found = requests_.find(ticket);
  if (found == requests_.end()) return;
  Request& request = found->second;
  if (request.state == Request::State::in_flight) {
    lost(ticket, now);
  } else {
    step_out(ticket, request, now);
  }
  bytes_ -= request.bytes;
  requests_.erase(found);
}

void TrafficControl::answered(Ticket ticket, const RateNews& news, Time now) {
  Request& request = requests_.at(ticket);
  Queue& from = *request.queue;
  end_flight(from, request, now);
  const bool was_stopped = budget_.stopped(now);
  if (news.invalid()) budget_.record(now);

  learn(request, news, now);
  Queue& to = queue_of(request.lane, now);
  if (news.bucket) {
    to.bucket.learn(*news.bucket, now);
  } else if (to.key.kind == QueueKey::Kind::bare) {
    to.bucket.lift();
  } else {
    to.bucket.spend();
  }
  if (news.limited) apply(*news.limited, to, now);
  if (&from != &to && from.key.kind != QueueKey::Kind::named) move_waiting(from, now);
  place(from, now);
  place(to, now);
  if (news.limited || budget_.stopped(now) != was_stopped) review_all(now);
}

void TrafficControl::lost(Ticket ticket, Time now) {
  Request& request = requests_.at(ticket);
  Queue& queue = *request.queue;
  end_flight(queue, request, now);
  queue.bucket.spend();
  place(queue, now);
}

void TrafficControl::refuse(std::uint64_t account, Time until, Time now) {
  account_of(account, now).refused_until = until;
  review_all(now);
}

void TrafficControl::close(Time now) {
  closed_ = true;
  review_all(now);
}

std::vector<TrafficControl::Verdict> TrafficControl::decide(Time now) {
  while (!pauses_.empty() && pauses_.begin()->first <= now) {
    const Ticket ticket = pauses_.begin()->second;
    Request& request = requests_.at(ticket);
    step_out(ticket, request, now);
    line_up(ticket, request, now);
  }
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    const Ticket ticket = deadlines_.begin()->second;
    Request& request = requests_.at(ticket);
    const Time ready_at = request.queue == nullptr ? request.pause_until : known_wait(*request.queue, now);
    refuse_request(ticket, request, waits_too_long(ready_at, now), now);
  }
  while (!timed_.empty() && timed_.begin()->first <= now) place(*timed_.begin()->second, now);

  std::vector<Verdict> verdicts;
  start_ready(now, verdicts);
  for (Verdict& refusal : refused_) verdicts.push_back(std::move(refusal));
  refused_.clear();

  const auto sooner = [this](Time time) { next_ = next_ ? std::min(*next_, time) : time; };
  if (!pauses_.empty()) sooner(pauses_.begin()->first);
  if (!deadlines_.empty()) sooner(deadlines_.begin()->first);
  if (!timed_.empty()) sooner(timed_.begin()->first);
  return verdicts;
}

TrafficControl::Counts TrafficControl::counts(Time now) {
  return {waiting_, bytes_, in_flight_, budget_.count(now), named_queues_, budget_.stopped(now)};
}

void TrafficControl::start_ready(Time now, std::vector<Verdict>& verdicts) {
  while (Account* account = next_account(now)) {
    const Ticket ticket = account->ready.begin()->first;
    start(ticket, now);
    verdicts.push_back({ticket, std::nullopt});
  }
}

TrafficControl::Account* TrafficControl::next_account(Time now) {
  next_.reset();
  std::erase_if(accounts_with_ready_, [](const Account* account) { return account->ready.empty(); });
  Account* longest_waiting = nullptr;
  for (Account* account : accounts_with_ready_) {
    const Time opens = gate(*account, now);
    if (opens > now) {
      next_ = next_ ? std::min(*next_, opens) : opens;
    } else if (longest_waiting == nullptr || account->ready.begin()->first < longest_waiting->ready.begin()->first) {
      longest_waiting = account;
    }
  }
  return longest_waiting;
}

void TrafficControl::start(Ticket ticket, Time now) {
  Request& request = requests_.at(ticket);
  Queue& queue = *request.queue;
  queue.waiting.erase(ticket);
  deadlines_.erase({request.deadline, ticket});
  --waiting_;
  request.state = Request::State::in_flight;
  ++in_flight_;
  queue.bucket.started();
  if (queue.account.has_global) queue.account.window.add(now);
  paced_until_ = now + budget_.pace(now);
  place(queue, now);
}

TrafficControl::Time TrafficControl::gate(Account& account, Time now) {
  Time opens = std::max({now, account.blocked_until, address_blocked_until_, paced_until_});
  if (account.has_global) opens = std::max(opens, account.window.ready_at(now));
  return opens;
}

TrafficControl::Time TrafficControl::known_wait(Queue& queue, Time now) {
  const Time ready_at = queue.bucket.ready_at(now);
  return std::max({now, ready_at == Time::max() ? now : ready_at, queue.account.blocked_until, address_blocked_until_});
}

std::optional<Error> TrafficControl::objection(const Request& request, Time now) {
  if (closed_) return Error{Errc::unavailable, "The program is stopping."};
  if (account_of(request.lane.account, now).refused_until > now) {
    return Error{Errc::unauthenticated, "Discord has refused this token before."};
  }
  if (budget_.stopped(now)) {
    return Error{Errc::unavailable, "Discord refused too many requests lately, so none is sent for now.", "",
                 until(budget_.goes_on_at(), now)};
  }
  const Time ready_at = request.queue == nullptr ? request.pause_until : known_wait(*request.queue, now);
  if (ready_at > request.deadline) return waits_too_long(ready_at, now);
  return std::nullopt;
}

void TrafficControl::review(Ticket ticket, Request& request, Time now) {
  auto error = objection(request, now);
  if (error) refuse_request(ticket, request, std::move(*error), now);
}

void TrafficControl::review_all(Time now) {
  // A refusal changes what waits, so whom it may concern is noted first.
  std::vector<Ticket> waiting;
  waiting.reserve(deadlines_.size());
  for (const auto& [deadline, ticket] : deadlines_) waiting.push_back(ticket);
  for (const Ticket ticket : waiting) review(ticket, requests_.at(ticket), now);
}

void TrafficControl::refuse_request(Ticket ticket, Request& request, Error error, Time now) {
  step_out(ticket, request, now);
  refused_.push_back({ticket, std::move(error)});
}

}  // namespace guildhall::discord
