#include "server/bot_presence.hpp"

#include <boost/json/parse.hpp>
#include <utility>

namespace guildhall::server {
namespace {

/// What answers, reactions and threads need: add reactions, view channels, send messages, embed links, read message
/// history, use external emojis, send messages in threads.
constexpr std::uint64_t wanted_permissions =
    1ULL << 6U | 1ULL << 10U | 1ULL << 11U | 1ULL << 14U | 1ULL << 16U | 1ULL << 18U | 1ULL << 38U;

std::optional<std::string> text_of(const boost::json::object& user, std::string_view name) {
  const auto* value = user.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

}  // namespace

BotPresence::BotPresence(base::EventBus& events, std::string application, const std::string& authorize_url)
    : ready_(events.ready.subscribe([this](const auto& ready) { update(*ready); })) {
  profile_.invite_url = authorize_url + (authorize_url.find('?') == std::string::npos ? '?' : '&') +
                        "client_id=" + application +
                        "&scope=bot+applications.commands&permissions=" + std::to_string(wanted_permissions);
  profile_.id = std::move(application);
}

api::BotProfile BotPresence::profile() const {
  const std::lock_guard lock(mutex_);
  return profile_;
}

void BotPresence::update(const base::BotReady& ready) {
  boost::system::error_code malformed;
  const auto user = boost::json::parse(ready.user, malformed);
  if (malformed || !user.is_object()) return;
  const std::lock_guard lock(mutex_);
  profile_.name = text_of(user.get_object(), "username");
  profile_.avatar = text_of(user.get_object(), "avatar");
  profile_.guilds = ready.guilds;
}

}  // namespace guildhall::server
