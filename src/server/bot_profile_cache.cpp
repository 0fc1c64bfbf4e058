#include "server/bot_profile_cache.hpp"

#include <boost/json/parse.hpp>
#include <utility>

#include "discord/model/user.hpp"
#include "discord/oauth/client.hpp"

namespace guildhall::server {

BotProfileCache::BotProfileCache(base::EventBus& events, std::string application, std::string_view authorize_url)
    : ready_(events.ready.subscribe([this](const auto& ready) { update(*ready); })) {
  profile_.invite_url = discord::bot_invite_url(authorize_url, application);
  profile_.id = std::move(application);
}

api::BotProfile BotProfileCache::profile() const {
  const std::lock_guard lock(mutex_);
  return profile_;
}

void BotProfileCache::update(const base::BotReady& ready) {
  boost::system::error_code malformed;
  auto user = discord::parse_user(boost::json::parse(ready.user, malformed));
  if (!user) return;
  const std::lock_guard lock(mutex_);
  profile_.name = std::move(user->username);
  profile_.avatar = std::move(user->avatar);
  profile_.guilds = ready.guilds;
}

}  // namespace guildhall::server
