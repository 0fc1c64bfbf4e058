#include "sim/interactions/resolved_objects.hpp"

#include "sim/objects/channel.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {

boost::json::object& ResolvedObjects::of_kind(std::string_view kind) {
  auto& place = objects_[kind];
  if (!place.is_object()) place = boost::json::object();
  return place.as_object();
}

bool ResolvedObjects::add_user(std::string_view id) {
  const auto user = UserId::parse(id);
  if (!user) return false;
  if (world_.find_user(*user) == nullptr && *user != world_.application.bot_user_id()) return false;
  of_kind("users")[id] = user_response(world_, *user);
  const Member* member = guild_ == nullptr ? nullptr : find_member(world_, *guild_, *user);
  if (member == nullptr) return true;
  auto shown = partial_member_response(*guild_, *member);
  shown["permissions"] = guild_->permissions_of(*user).to_string();
  of_kind("members")[id] = std::move(shown);
  return true;
}

bool ResolvedObjects::add_role(std::string_view id) {
  const auto role = RoleId::parse(id);
  if (!role || guild_ == nullptr || !guild_->roles.contains(*role)) return false;
  of_kind("roles")[id] = role_response(world_.application, guild_->roles.at(*role));
  return true;
}

bool ResolvedObjects::add_channel(std::string_view id) {
  const auto channel = ChannelId::parse(id);
  const Channel* found = channel && guild_ != nullptr ? guild_->find_channel(*channel) : nullptr;
  if (found == nullptr) return false;
  auto shown = channel_response(world_, *found);
  shown["permissions"] = all_permissions.to_string();
  of_kind("channels")[id] = std::move(shown);
  return true;
}

void ResolvedObjects::add_attachment(std::string_view id, boost::json::object attachment) {
  of_kind("attachments")[id] = std::move(attachment);
}

void ResolvedObjects::add_message(std::string_view id, boost::json::object message) {
  of_kind("messages")[id] = std::move(message);
}

}  // namespace guildhall::sim
