#include "discord/gateway/intents.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace guildhall::discord {

std::string privileged_names(Intents intents) {
  static constexpr std::array<std::pair<Intents, std::string_view>, 3> privileged{{
      {Intents::guild_presences, "Presence Intent"},
      {Intents::guild_members, "Server Members Intent"},
      {Intents::message_content, "Message Content Intent"},
  }};
  std::string names;
  for (const auto& [intent, name] : privileged) {
    if (!contains(intents, intent)) continue;
    if (!names.empty()) names.append(" and ");
    names.append(name);
  }
  return names;
}

}  // namespace guildhall::discord
