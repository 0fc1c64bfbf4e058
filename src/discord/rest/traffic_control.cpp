#include "discord/rest/traffic_control.hpp"

#include <algorithm>
#include <array>

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;

/// How long what is known of a bucket or an account is kept when nobody asks.
constexpr std::chrono::minutes bucket_memory{1};
constexpr std::chrono::minutes account_memory{10};
constexpr std::chrono::seconds forget_every{30};

std::chrono::milliseconds until(TrafficControl::Time time, TrafficControl::Time now) {
  return std::chrono::ceil<std::chrono::milliseconds>(std::max(time - now, TrafficControl::Time::duration::zero()));
}

Error waits_too_long(TrafficControl::Time ready_at, TrafficControl::Time now) {
  return {Errc::rate_limited, "Discord limits how often it may be asked, and the limit lasts too long to wait for.", "",
          until(ready_at, now)};
}

}  // namespace

struct TrafficControl::Account {
  struct Learned {
    QueueKey::Kind kind = QueueKey::Kind::unknown;
    std::uint64_t name = 0;
  };

  Account(const TrafficLimits& limits, bool named) : window(limits.global, limits.global_window), has_global(named) {}

  std::array<Learned, route_count> routes{};
  GlobalWindow window;
  bool has_global;  ///< Without an authorization there is no such limit: these are the interactions' endpoints.
  Time refused_until{};
  Time blocked_until{};
  Time last_used{};
  std::size_t queues = 0;
  std::set<std::pair<Ticket, Queue*>> ready;  ///< By the ticket of their first request.
};

/// The requests that wait for one bucket.
struct TrafficControl::Queue {
  Queue(const QueueKey& as, Account& of) : key(as), account(of) {}

  QueueKey key;
  Account& account;
  Bucket bucket;
  std::set<Ticket> waiting;
  Time last_used{};
  std::optional<Ticket> ready_as;  ///< Where it stands among the account's ready ones,
  std::optional<Time> timed_as;    ///< or among those that a time makes ready.
};

std::size_t TrafficControl::QueueKeyHash::operator()(const QueueKey& key) const noexcept {
  std::uint64_t hash = key.account;
  for (const std::uint64_t part : {static_cast<std::uint64_t>(key.kind), key.name, key.major}) {
    hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32U;
  }
  return static_cast<std::size_t>(hash);
}

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
  next_.reset();
  for (auto at = accounts_with_ready_.begin(); at != accounts_with_ready_.end();) {
    Account& account = **at;
    while (!account.ready.empty()) {
      const Time gate_opens = gate(account, now);
      if (gate_opens > now) {
        next_ = next_ ? std::min(*next_, gate_opens) : gate_opens;
        break;
      }
      const Ticket ticket = account.ready.begin()->first;
      start(ticket, now);
      verdicts.push_back({ticket, std::nullopt});
    }
    at = account.ready.empty() ? accounts_with_ready_.erase(at) : std::next(at);
  }
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

void TrafficControl::end_flight(Queue& queue, Request& request, Time now) {
  request.state = Request::State::held;
  request.queue = nullptr;
  --in_flight_;
  queue.bucket.ended();
  queue.last_used = now;
}

TrafficControl::Account& TrafficControl::account_of(std::uint64_t key, Time now) {
  auto& account = accounts_[key];
  if (!account) account = std::make_unique<Account>(limits_, key != 0);
  account->last_used = now;
  return *account;
}

TrafficControl::Queue& TrafficControl::queue_of(const Lane& lane, Time now) {
  Account& account = account_of(lane.account, now);
  const auto route = static_cast<std::size_t>(lane.route);
  const Account::Learned& learned = account.routes[route];
  QueueKey key{lane.account, learned.kind, route, 0};
  if (learned.kind == QueueKey::Kind::named) key.name = learned.name;
  // Before anything is known of a route, all its requests wait for the first answer.
  if (learned.kind != QueueKey::Kind::unknown) key.major = lane.major;
  auto& queue = queues_[key];
  if (!queue) {
    queue = std::make_unique<Queue>(key, account);
    ++account.queues;
    if (key.kind == QueueKey::Kind::named) ++named_queues_;
    if (key.kind == QueueKey::Kind::bare) queue->bucket.lift();
  }
  queue->last_used = now;
  return *queue;
}

void TrafficControl::line_up(Ticket ticket, Request& request, Time now) {
  Queue& queue = queue_of(request.lane, now);
  request.state = Request::State::waiting;
  request.queue = &queue;
  queue.waiting.insert(ticket);
  deadlines_.emplace(request.deadline, ticket);
  ++waiting_;
  place(queue, now);
  review(ticket, request, now);
}

void TrafficControl::step_out(Ticket ticket, Request& request, Time now) {
  if (request.state == Request::State::held) return;
  --waiting_;
  deadlines_.erase({request.deadline, ticket});
  if (request.state == Request::State::pausing) {
    pauses_.erase({request.pause_until, ticket});
  } else {
    Queue& queue = *request.queue;
    queue.waiting.erase(ticket);
    place(queue, now);
  }
  request.state = Request::State::held;
  request.queue = nullptr;
}

void TrafficControl::place(Queue& queue, Time now) {
  displace(queue);
  if (queue.waiting.empty()) return;
  const Time ready_at = queue.bucket.ready_at(now);
  if (ready_at <= now) {
    queue.ready_as = *queue.waiting.begin();
    queue.account.ready.emplace(*queue.ready_as, &queue);
    accounts_with_ready_.insert(&queue.account);
  } else if (ready_at != Time::max()) {
    queue.timed_as = ready_at;
    timed_.emplace(ready_at, &queue);
  }
}

void TrafficControl::displace(Queue& queue) {
  if (queue.ready_as) queue.account.ready.erase({*queue.ready_as, &queue});
  if (queue.timed_as) timed_.erase({*queue.timed_as, &queue});
  queue.ready_as.reset();
  queue.timed_as.reset();
}

void TrafficControl::move_waiting(Queue& from, Time now) {
  const auto tickets = std::exchange(from.waiting, {});
  std::unordered_set<Queue*> touched;
  for (const Ticket ticket : tickets) {
    Request& request = requests_.at(ticket);
    request.queue = &queue_of(request.lane, now);
    request.queue->waiting.insert(ticket);
    touched.insert(request.queue);
  }
  for (Queue* queue : touched) place(*queue, now);
}

void TrafficControl::learn(const Request& request, const RateNews& news, Time now) {
  auto& learned = account_of(request.lane.account, now).routes[static_cast<std::size_t>(request.lane.route)];
  if (news.bucket) {
    learned = {QueueKey::Kind::named, news.bucket->name};
    return;
  }
  // Refusals before the route and failures tell nothing of its limit.
  const bool from_the_route = news.status < 500 && news.status != 401 && news.status != 429;
  if (learned.kind == QueueKey::Kind::unknown && from_the_route) learned.kind = QueueKey::Kind::bare;
}

void TrafficControl::apply(const RateNews::Limited& limited, Queue& queue, Time now) {
  const Time until_then = now + limited.retry_after;
  switch (limited.scope) {
    case LimitScope::user:
    case LimitScope::shared: queue.bucket.block(until_then); break;
    case LimitScope::global: queue.account.blocked_until = std::max(queue.account.blocked_until, until_then); break;
    case LimitScope::address: address_blocked_until_ = std::max(address_blocked_until_, until_then); break;
  }
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

void TrafficControl::forget_idle(Time now) {
  if (now < forget_at_) return;
  forget_at_ = now + forget_every;
  std::erase_if(queues_, [&](const auto& entry) {
    Queue& queue = *entry.second;
    const bool idle = queue.waiting.empty() && queue.bucket.idle(now);
    if (!idle || now - queue.last_used < bucket_memory) return false;
    --queue.account.queues;
    if (queue.key.kind == QueueKey::Kind::named) --named_queues_;
    return true;
  });
  std::erase_if(accounts_, [&](const auto& entry) {
    const Account& account = *entry.second;
    const bool idle = account.queues == 0 && account.blocked_until <= now && account.refused_until <= now;
    return idle && now - account.last_used >= account_memory;
  });
}

}  // namespace guildhall::discord
