#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "discord/rest/traffic_control.hpp"

namespace guildhall::discord {

/// What is known of one Authorization.
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

}  // namespace guildhall::discord
