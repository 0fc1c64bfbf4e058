#pragma once

#include <mutex>
#include <string>

#include "api/bot_profile.hpp"
#include "base/event_bus.hpp"

namespace guildhall::server {

/// Keeps what Discord last said about the bot. Any thread may call.
class BotPresence {
 public:
  /// `authorize_url` is where people add `application` to a server.
  BotPresence(base::EventBus& events, std::string application, const std::string& authorize_url);

  [[nodiscard]] api::BotProfile profile() const;

 private:
  void update(const base::BotReady& ready);

  mutable std::mutex mutex_;
  api::BotProfile profile_;
  base::Topic<base::BotReady>::Subscription ready_;
};

}  // namespace guildhall::server
