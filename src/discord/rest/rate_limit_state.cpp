#include "discord/rest/rate_limit_state.hpp"

#include <algorithm>

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;
using Time = RateLimitState::Time;

/// How long unused buckets and accounts are remembered.
constexpr std::chrono::minutes bucket_memory{1};
constexpr std::chrono::minutes account_memory{10};
constexpr std::chrono::seconds forget_interval{30};

/// After a 429 that does not say when to retry; doubled with each further one in a row.
constexpr std::chrono::seconds first_wait{1};
constexpr std::chrono::seconds max_wait{64};
/// The same for a ban.
constexpr std::chrono::minutes first_ban{2};
constexpr std::chrono::minutes max_ban{32};
constexpr unsigned max_doublings = 16;

std::chrono::milliseconds doubled(std::chrono::milliseconds first, unsigned times, std::chrono::milliseconds max) {
  return std::min(first * (1U << std::min(times, max_doublings)), max);
}

std::chrono::milliseconds until(Time time, Time now) {
  return std::chrono::ceil<std::chrono::milliseconds>(std::max(time - now, Time::duration::zero()));
}

Error banned(Time until_time, Time now) {
  return {Errc::unavailable, "Discord refuses all requests from this address for a while.", "", until(until_time, now)};
}

Error too_late(Time start, Time now) {
  return {Errc::rate_limited, "Discord's rate limit lasts longer than this request can wait.", "", until(start, now)};
}

}  // namespace

/// What is known of one Authorization.
struct RateLimitState::Account {
  struct Learned {
    QueueKey::Kind kind = QueueKey::Kind::unknown;
    std::uint64_t name = 0;
  };

  Account(const RateLimits& limits, bool authorized)
      : global(limits.global, limits.global_window), has_global(authorized) {}

  /// When it may send a request, whatever its buckets say.
  [[nodiscard]] Time ready_at(Time now) { return std::max(blocked_until, has_global ? global.ready_at(now) : now); }

  std::array<Learned, route_count> routes{};
  GlobalLimit global;
  bool has_global;  ///< Interactions' endpoints, which take no Authorization, have no global limit.
  Time refused_until{};
  Time blocked_until{};
  Time last_used{};
  std::size_t queues = 0;
};

/// The requests that wait for one bucket.
struct RateLimitState::Queue {
  Queue(const QueueKey& of, Account& owner) : key(of), account(owner) {}

  const QueueKey key;
  Account& account;
  Bucket bucket;
  std::set<RequestId> waiting;
  Time last_used{};
  unsigned unexplained_limits = 0;  ///< 429s in a row that did not say when to retry.
};

RateLimitState::RateLimitState(RateLimits limits) : limits_(limits) {}

RateLimitState::~RateLimitState() = default;

RateLimitState::RequestId RateLimitState::enqueue(RateLimitKey key, std::size_t bytes, Time deadline, Time now) {
  forget_idle(now);
  const RequestId id = ++last_id_;
  Request& request = requests_[id];
  request = {key, bytes, deadline};
  bytes_ += bytes;
  if (deadlines_.size() >= limits_.max_waiting || bytes_ > limits_.max_bytes) {
    refuse_request(id, request, {Errc::rate_limited, "Too many requests wait for Discord's rate limits."});
  } else {
    wait(id, request, now);
  }
  return id;
}

void RateLimitState::complete(RequestId id, const RateLimitHeaders& headers, Time now) {
  Request& request = requests_.at(id);
  Queue& from = end_flight(request, now);
  const bool was_stopped = invalid_.stopped(now);
  if (headers.invalid()) invalid_.record(now);
  const bool ban = headers.limited && headers.limited->scope == RateLimitScope::address;
  if (!ban && banned_until_ <= now) bans_ = 0;

  learn(request, headers, now);
  Queue& to = queue_of(request.key, now);
  if (headers.bucket) {
    to.bucket.update(*headers.bucket, now);
  } else if (to.key.kind != QueueKey::Kind::unlimited) {
    to.bucket.spend();
  }
  if (headers.limited) {
    apply(*headers.limited, to, now);
  } else {
    to.unexplained_limits = 0;
  }
  if (&from != &to && from.key.kind != QueueKey::Kind::bucket) {
    for (const RequestId waiting : std::exchange(from.waiting, {})) join(waiting, requests_.at(waiting), now);
  }
  if (headers.limited || invalid_.stopped(now) != was_stopped) review_all(now);
}

void RateLimitState::fail(RequestId id, Time now) { end_flight(requests_.at(id), now).bucket.spend(); }

void RateLimitState::requeue(RequestId id, Time not_before, Time now) {
  Request& request = requests_.at(id);
  if (not_before <= now) return wait(id, request, now);
  request.state = Request::State::pausing;
  request.paused_until = not_before;
  pauses_.emplace(not_before, id);
  deadlines_.emplace(request.deadline, id);
  review(id, request, now);
}

void RateLimitState::remove(RequestId id, Time now) {
  const auto found = requests_.find(id);
  if (found == requests_.end()) return;
  if (found->second.state == Request::State::in_flight) fail(id, now);
  stop_waiting(id, found->second);
  bytes_ -= found->second.bytes;
  requests_.erase(found);
}

void RateLimitState::refuse(std::uint64_t account, Time until, Time now) {
  account_of(account, now).refused_until = until;
  review_all(now);
}

void RateLimitState::close(Time now) {
  closed_ = true;
  review_all(now);
}

std::vector<RateLimitState::Decision> RateLimitState::decide(Time now) {
  while (!pauses_.empty() && pauses_.begin()->first <= now) {
    const RequestId id = pauses_.begin()->second;
    Request& request = requests_.at(id);
    stop_waiting(id, request);
    wait(id, request, now);
  }
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    const RequestId id = deadlines_.begin()->second;
    Request& request = requests_.at(id);
    refuse_request(id, request, too_late(known_start(request, now), now));
  }
  std::vector<Decision> decisions;
  while (Queue* queue = next_queue(now)) decisions.push_back({permit_first(*queue, now), std::nullopt});
  std::ranges::move(refused_, std::back_inserter(decisions));
  refused_.clear();

  for (const auto* times : {&pauses_, &deadlines_}) {
    if (!times->empty()) next_ = std::min(next_.value_or(Time::max()), times->begin()->first);
  }
  return decisions;
}

RateLimitState::Counts RateLimitState::counts(Time now) {
  return {deadlines_.size(), bytes_, in_flight_, invalid_.count(now), buckets_, invalid_.stopped(now)};
}

RateLimitState::Queue* RateLimitState::next_queue(Time now) {
  next_.reset();
  const bool awaits_end_of_ban = bans_ > 0 && banned_until_ <= now && in_flight_ > 0;
  if (awaits_end_of_ban) return nullptr;
  std::erase_if(waiting_queues_, [](const Queue* queue) { return queue->waiting.empty(); });
  Queue* oldest = nullptr;
  for (Queue* queue : waiting_queues_) {
    const Time ready_at =
        std::max({queue->bucket.ready_at(now), queue->account.ready_at(now), banned_until_, paced_until_});
    if (ready_at <= now) {
      if (oldest == nullptr || *queue->waiting.begin() < *oldest->waiting.begin()) oldest = queue;
    } else if (ready_at != Time::max()) {
      next_ = std::min(next_.value_or(Time::max()), ready_at);
    }
  }
  return oldest;
}

RateLimitState::RequestId RateLimitState::permit_first(Queue& queue, Time now) {
  const RequestId id = *queue.waiting.begin();
  Request& request = requests_.at(id);
  queue.waiting.erase(id);
  deadlines_.erase({request.deadline, id});
  request.state = Request::State::in_flight;
  ++in_flight_;
  queue.bucket.on_sent();
  if (queue.account.has_global) queue.account.global.on_sent(now);
  paced_until_ = now + invalid_.pause(now);
  return id;
}

Time RateLimitState::known_start(const Request& request, Time now) {
  if (request.queue == nullptr) return request.paused_until;
  const Time ready_at = request.queue->bucket.ready_at(now);
  return std::max({now, ready_at == Time::max() ? now : ready_at, request.queue->account.blocked_until, banned_until_});
}

std::optional<Error> RateLimitState::reason_to_refuse(const Request& request, Time now) {
  if (closed_) return Error{Errc::unavailable, "The program is stopping."};
  if (account_of(request.key.account, now).refused_until > now) {
    return Error{Errc::unauthenticated, "Discord has refused this token before."};
  }
  if (invalid_.stopped(now)) {
    return Error{Errc::unavailable, "Discord refused too many requests lately, so none is sent for now.", "",
                 until(invalid_.resumes_at(), now)};
  }
  if (banned_until_ > request.deadline) return banned(banned_until_, now);
  const Time start = known_start(request, now);
  if (start > request.deadline) return too_late(start, now);
  return std::nullopt;
}

void RateLimitState::review(RequestId id, Request& request, Time now) {
  auto error = reason_to_refuse(request, now);
  if (error) refuse_request(id, request, std::move(*error));
}

void RateLimitState::review_all(Time now) {
  const auto waiting = deadlines_;  // A copy, because refusals change it.
  for (const auto& [deadline, id] : waiting) review(id, requests_.at(id), now);
}

void RateLimitState::refuse_request(RequestId id, Request& request, Error error) {
  stop_waiting(id, request);
  refused_.push_back({id, std::move(error)});
}

void RateLimitState::wait(RequestId id, Request& request, Time now) {
  request.state = Request::State::waiting;
  deadlines_.emplace(request.deadline, id);
  join(id, request, now);
  review(id, request, now);
}

void RateLimitState::join(RequestId id, Request& request, Time now) {
  request.queue = &queue_of(request.key, now);
  request.queue->waiting.insert(id);
  waiting_queues_.insert(request.queue);
}

void RateLimitState::stop_waiting(RequestId id, Request& request) {
  if (request.queue != nullptr) request.queue->waiting.erase(id);
  deadlines_.erase({request.deadline, id});
  pauses_.erase({request.paused_until, id});
  request.state = Request::State::idle;
  request.queue = nullptr;
}

RateLimitState::Queue& RateLimitState::end_flight(Request& request, Time now) {
  Queue& queue = *std::exchange(request.queue, nullptr);
  request.state = Request::State::idle;
  --in_flight_;
  queue.bucket.on_ended();
  queue.last_used = now;
  return queue;
}

RateLimitState::Account& RateLimitState::account_of(std::uint64_t key, Time now) {
  auto& account = accounts_[key];
  if (!account) account = std::make_unique<Account>(limits_, key != 0);
  account->last_used = now;
  return *account;
}

RateLimitState::Queue& RateLimitState::queue_of(const RateLimitKey& of, Time now) {
  Account& account = account_of(of.account, now);
  const auto route = static_cast<std::size_t>(of.route);
  const auto& learned = account.routes[route];
  QueueKey key{of.account, learned.kind, route, 0};
  if (learned.kind == QueueKey::Kind::bucket) key.name = learned.name;
  if (learned.kind != QueueKey::Kind::unknown) key.major = of.major;
  auto& queue = queues_[key];
  if (!queue) {
    queue = std::make_unique<Queue>(key, account);
    ++account.queues;
    if (key.kind == QueueKey::Kind::bucket) ++buckets_;
    if (key.kind == QueueKey::Kind::unlimited) queue->bucket.set_unlimited();
  }
  queue->last_used = now;
  return *queue;
}

void RateLimitState::learn(const Request& request, const RateLimitHeaders& headers, Time now) {
  auto& learned = account_of(request.key.account, now).routes[static_cast<std::size_t>(request.key.route)];
  if (headers.bucket) {
    learned = {QueueKey::Kind::bucket, headers.bucket->name};
    return;
  }
  // Failures and refusals before the route do not show its limit.
  const bool from_the_route = headers.status < 500 && headers.status != 401 && headers.status != 429;
  if (learned.kind == QueueKey::Kind::unknown && from_the_route) learned.kind = QueueKey::Kind::unlimited;
}

void RateLimitState::apply(const RateLimitHeaders::Limited& limited, Queue& queue, Time now) {
  if (limited.scope == RateLimitScope::address) return apply_ban(limited.retry_after, now);
  queue.unexplained_limits = limited.retry_after ? 0 : queue.unexplained_limits + 1;
  const Time end = now + limited.retry_after.value_or(doubled(first_wait, queue.unexplained_limits - 1, max_wait));
  if (limited.scope == RateLimitScope::global) {
    queue.account.blocked_until = std::max(queue.account.blocked_until, end);
  } else {
    queue.bucket.block(end);
  }
}

void RateLimitState::apply_ban(std::optional<std::chrono::milliseconds> retry_after, Time now) {
  // Answers to requests that were in flight when the ban began are not another ban.
  if (banned_until_ <= now) ++bans_;
  const auto duration = retry_after.value_or(doubled(first_ban, bans_ - 1, max_ban));
  banned_until_ = std::max(banned_until_, now + duration);
}

void RateLimitState::forget_idle(Time now) {
  if (now < forget_at_) return;
  forget_at_ = now + forget_interval;
  std::erase_if(queues_, [&](const auto& entry) {
    Queue& queue = *entry.second;
    const bool idle = queue.waiting.empty() && queue.bucket.idle(now) && now - queue.last_used >= bucket_memory;
    if (!idle) return false;
    waiting_queues_.erase(&queue);
    --queue.account.queues;
    if (queue.key.kind == QueueKey::Kind::bucket) --buckets_;
    return true;
  });
  std::erase_if(accounts_, [&](const auto& entry) {
    const Account& account = *entry.second;
    const bool idle = account.queues == 0 && account.blocked_until <= now && account.refused_until <= now;
    return idle && now - account.last_used >= account_memory;
  });
}

}  // namespace guildhall::discord
