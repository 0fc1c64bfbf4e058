#include "sim/rest/mentions.hpp"

#include <algorithm>
#include <string_view>

namespace guildhall::sim {
namespace {

template <class Id>
void add_once(std::vector<Id>& ids, Id id) {
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

template <class Id>
bool contains(const std::vector<Id>& ids, Id id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// Calls `found` with each id between `<opening` and `>`.
template <class Id, class Found>
void each_id(std::string_view content, std::string_view opening, Found found) {
  for (auto at = content.find(opening); at != std::string_view::npos; at = content.find(opening, at + 1)) {
    const auto begin = at + opening.size();
    const auto end = content.find('>', begin);
    if (end == std::string_view::npos) return;
    if (const auto id = Id::parse(content.substr(begin, end - begin))) found(*id);
  }
}

bool is_known_user(const World& world, UserId id) {
  return id == world.application.bot_user_id() || world.find_user(id) != nullptr;
}

}  // namespace

void set_mentions(Message& message, const World& world, const AllowedMentions& allowed, Permissions of_author,
                  std::optional<UserId> replied) {
  message.mentions.clear();
  message.mention_roles.clear();
  const auto add_user = [&](UserId id) {
    if (is_known_user(world, id) && (allowed.all_users || contains(allowed.users, id))) add_once(message.mentions, id);
  };
  each_id<UserId>(message.content, "<@", add_user);
  each_id<UserId>(message.content, "<@!", add_user);
  if (replied && allowed.replied_user && is_known_user(world, *replied)) add_once(message.mentions, *replied);

  const bool may_mention_all = of_author.has(mention_everyone);
  const Guild* guild = message.guild ? world.find_guild(*message.guild) : nullptr;
  if (guild != nullptr) {
    each_id<RoleId>(message.content, "<@&", [&](RoleId id) {
      const auto role = guild->roles.find(id);
      if (role == guild->roles.end() || !(role->second.mentionable || may_mention_all)) return;
      if (allowed.all_roles || contains(allowed.roles, id)) add_once(message.mention_roles, id);
    });
  }
  const bool names_all =
      message.content.find("@everyone") != std::string::npos || message.content.find("@here") != std::string::npos;
  message.mention_everyone = names_all && allowed.everyone && may_mention_all;
}

}  // namespace guildhall::sim
