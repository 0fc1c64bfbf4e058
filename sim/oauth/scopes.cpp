#include "sim/oauth/scopes.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace guildhall::sim {
namespace {

constexpr auto scopes = std::to_array<ScopeInfo>({
    {"identify", "Access your username, avatar and banner"},
    {"email", "Access your email address"},
    {"guilds", "Know what servers you are in"},
    {"guilds.members.read", "Read your member info (nickname, avatar, roles) in servers you are in"},
    {"guilds.join", "Join servers for you"},
    {"gdm.join", "Join group messages for you"},
    {"connections", "Access your third-party connections"},
    {"bot", "Add a bot to a server"},
    {"applications.commands", "Create commands"},
    {"applications.commands.permissions.update", "Update permissions for its commands in servers you manage"},
    {"applications.commands.update", "Update its own commands"},
    {"applications.entitlements", "Read your entitlements for its products"},
    {"applications.builds.read", "Read build data for your applications"},
    {"applications.builds.upload", "Upload and manage builds for your applications"},
    {"applications.store.update", "Read and update store data for your applications"},
    {"activities.read", "See your activity"},
    {"activities.write", "Change your activity"},
    {"activities.invites.write", "Send invites to activities for you"},
    {"relationships.read", "Know who your friends are"},
    {"voice", "Connect to voice on your behalf"},
    {"dm_channels.read", "See information about your direct messages"},
    {"messages.read", "Read all messages"},
    {"role_connections.write", "Update your connection and metadata for it"},
    {"webhook.incoming", "Add a webhook to a channel"},
    {"openid", "Know your id and basic profile"},
    {"rpc", "Control your local Discord client"},
    {"rpc.notifications.read", "Read the notifications that you get"},
    {"rpc.voice.read", "Read your voice settings and listen for voice events"},
    {"rpc.voice.write", "Change your voice settings"},
    {"rpc.video.read", "Read your video status"},
    {"rpc.video.write", "Change your video settings"},
    {"rpc.screenshare.read", "Read your screenshare status"},
    {"rpc.screenshare.write", "Change your screenshare settings"},
    {"rpc.activities.write", "Change your activity through your local client"},
});

bool is_known_scope(std::string_view name) {
  return std::any_of(scopes.begin(), scopes.end(), [&](const ScopeInfo& scope) { return scope.name == name; });
}

}  // namespace

std::span<const ScopeInfo> known_scopes() { return scopes; }

std::optional<Scopes> parse_scopes(std::string_view list) {
  Scopes parsed;
  while (!list.empty()) {
    const auto name = base::take_until(list, ' ');
    if (name.empty()) continue;
    if (!is_known_scope(name)) return std::nullopt;
    if (!holds(parsed, name)) parsed.emplace_back(name);
  }
  if (parsed.empty()) return std::nullopt;
  return parsed;
}

std::string to_string(const Scopes& list) {
  std::string joined;
  for (const auto& scope : list) {
    if (!joined.empty()) joined += ' ';
    joined += scope;
  }
  return joined;
}

bool holds(const Scopes& list, std::string_view scope) {
  return std::find(list.begin(), list.end(), scope) != list.end();
}

}  // namespace guildhall::sim
