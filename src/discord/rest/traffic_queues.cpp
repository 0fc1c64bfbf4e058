// How TrafficControl keeps its requests: which queue each belongs to, and where that queue stands.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "discord/rest/traffic_state.hpp"

namespace guildhall::discord {
namespace {

/// How long what is known of a bucket or an account is kept when nobody asks.
constexpr std::chrono::minutes bucket_memory{1};
constexpr std::chrono::minutes account_memory{10};
constexpr std::chrono::seconds forget_every{30};

}  // namespace

std::size_t TrafficControl::QueueKeyHash::operator()(const QueueKey& key) const noexcept {
  std::uint64_t hash = key.account;
  for (const std::uint64_t part : {static_cast<std::uint64_t>(key.kind), key.name, key.major}) {
    hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32U;
  }
  return static_cast<std::size_t>(hash);
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
