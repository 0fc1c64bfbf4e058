#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>

#include "base/id.hpp"

namespace guildhall::base {

/// Ends a subscription when it is destroyed: after that the subscriber is not called any more. It must be destroyed
/// before the object that it came from.
class Subscription {
 public:
  Subscription() = default;
  explicit Subscription(std::function<void()> end) : end_(std::move(end)) {}
  Subscription(Subscription&& other) noexcept : end_(std::exchange(other.end_, nullptr)) {}
  Subscription& operator=(Subscription&& other) noexcept {
    std::swap(end_, other.end_);
    return *this;
  }
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;
  ~Subscription() {
    if (end_) end_();
  }

 private:
  std::function<void()> end_;
};

/// Calls all subscribers with each published event. Any thread may publish; subscribers are called on that thread, so
/// they must be quick, must not throw, and must not subscribe or unsubscribe meanwhile.
template <class Event>
class Topic {
 public:
  using Subscriber = std::function<void(const std::shared_ptr<const Event>&)>;
  /// Whether a subscriber needs events at the moment. Called like a subscriber.
  using Listening = std::function<bool()>;

  using Subscription = base::Subscription;

  Topic() = default;
  Topic(const Topic&) = delete;
  Topic& operator=(const Topic&) = delete;

  /// Without `listening` the subscriber always listens.
  [[nodiscard]] Subscription subscribe(Subscriber subscriber, Listening listening = {}) {
    const std::unique_lock lock(mutex_);
    subscribers_.emplace(next_key_, Entry{std::move(subscriber), std::move(listening)});
    return Subscription([this, key = next_key_++] { unsubscribe(key); });
  }

  /// Whether any subscriber listens at the moment; if not, an event need not be built. Cheap.
  [[nodiscard]] bool has_listeners() const {
    const std::shared_lock lock(mutex_);
    return std::any_of(subscribers_.begin(), subscribers_.end(), [](const auto& item) {
      const Entry& entry = item.second;
      return !entry.listening || entry.listening();
    });
  }

  void publish(Event event) const {
    const auto shared = std::make_shared<const Event>(std::move(event));
    const std::shared_lock lock(mutex_);
    for (const auto& [key, entry] : subscribers_) entry.subscriber(shared);
  }

 private:
  struct Entry {
    Subscriber subscriber;
    Listening listening;
  };

  void unsubscribe(std::uint64_t key) {
    const std::unique_lock lock(mutex_);
    subscribers_.erase(key);
  }

  mutable std::shared_mutex mutex_;
  std::map<std::uint64_t, Entry> subscribers_;
  std::uint64_t next_key_ = 1;
};

/// The bot is ready: all its shards have a session with Discord.
struct BotReady {
  std::string user;  ///< JSON: the bot's user as Discord describes it.
  std::uint64_t guilds = 0;
  unsigned shards = 0;
};

/// A dispatch of Discord's gateway (opcode 0), or one of our own events in that form: `SCRIPT_RUN`.
struct GatewayDispatch {
  std::string name;  ///< `MESSAGE_CREATE`
  unsigned shard = 0;
  std::optional<GuildId> guild;  ///< Nothing for events outside guilds, such as direct messages.
  std::string data;              ///< JSON, as Discord sent it.
};

/// A member may have lost a permission in a guild, for example by losing a role.
struct RightsChanged {
  GuildId guild;
  std::optional<UserId> user;  ///< Nothing: it may be any member.
};

/// The events that the bot publishes to the rest of the program, which does not depend on the bot.
struct EventBus {
  Topic<BotReady> ready;
  Topic<GatewayDispatch> dispatch;
  Topic<RightsChanged> rights;
};

}  // namespace guildhall::base
