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

/// Hands what is published to all who subscribed. Any thread may publish; subscribers are called there, so they must be
/// quick, must not throw, and must not subscribe or leave meanwhile.
template <class Event>
class Topic {
 public:
  using Subscriber = std::function<void(const std::shared_ptr<const Event>&)>;
  /// Whether a subscriber has a use for what is published just now. Called as it is, and as quick.
  using Listening = std::function<bool()>;

  /// Ends a subscription when it goes: once it is gone, the subscriber is not called any more. Goes before the topic
  /// does.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(Topic& topic, std::uint64_t key) : topic_(&topic), key_(key) {}
    Subscription(Subscription&& other) noexcept : topic_(std::exchange(other.topic_, nullptr)), key_(other.key_) {}
    Subscription& operator=(Subscription&& other) noexcept {
      std::swap(topic_, other.topic_);
      std::swap(key_, other.key_);
      return *this;
    }
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    ~Subscription() {
      if (topic_ != nullptr) topic_->unsubscribe(key_);
    }

   private:
    Topic* topic_ = nullptr;
    std::uint64_t key_ = 0;
  };

  Topic() = default;
  Topic(const Topic&) = delete;
  Topic& operator=(const Topic&) = delete;

  /// Without `listening` the subscriber always listens.
  [[nodiscard]] Subscription subscribe(Subscriber subscriber, Listening listening = {}) {
    const std::unique_lock lock(mutex_);
    subscribers_.emplace(next_key_, Entry{std::move(subscriber), std::move(listening)});
    return {*this, next_key_++};
  }

  /// Whether anybody listens just now: what nobody hears need not be made. Costs next to nothing.
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

/// A dispatch of Discord's gateway (opcode 0), or news of ours in that form: `SCRIPT_RUN`.
struct GatewayDispatch {
  std::string name;  ///< `MESSAGE_CREATE`
  unsigned shard = 0;
  std::optional<GuildId> guild;  ///< Nothing for what belongs to no guild, such as direct messages.
  std::string data;              ///< JSON, as Discord sent it.
};

/// Somebody may have lost a right in a guild, by losing a role, say.
struct RightsChanged {
  GuildId guild;
  std::optional<UserId> user;  ///< Nothing: it may be anybody.
};

/// What the bot tells the rest of the product, which knows nothing of the bot. The same seam would carry several
/// processes.
struct EventBus {
  Topic<BotReady> ready;
  Topic<GatewayDispatch> dispatch;
  Topic<RightsChanged> rights;
};

}  // namespace guildhall::base
