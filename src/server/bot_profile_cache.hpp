#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "api/bot_profile.hpp"
#include "base/event_bus.hpp"

namespace guildhall::server {

/// Keeps what Discord last said about the bot. Any thread may call.
class BotProfileCache {
 public:
  /// `authorize_url` is where people add `application` to a server.
  BotProfileCache(base::EventBus& events, std::string application, std::string_view authorize_url);

  [[nodiscard]] api::BotProfile profile() const;

 private:
  void update(const base::BotReady& ready);

  mutable std::mutex mutex_;
  api::BotProfile profile_;
  base::Topic<base::BotReady>::Subscription ready_;
};

}  // namespace guildhall::server
