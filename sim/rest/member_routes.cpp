#include "sim/rest/member_routes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <map>
#include <vector>

#include "sim/answers.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/user.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/form_reader.hpp"
#include "sim/rest/guild_change.hpp"
#include "sim/rest/hierarchy.hpp"
#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t members_per_page = 1000;
constexpr Bounds nick_length{0, 32};
constexpr Bounds roles_per_member{0, 350};
constexpr std::chrono::hours max_timeout{28 * 24};

/// The user in the path, who must be in the guild.
UserId open_member(const ApiCall& call, const Guild& guild) {
  const auto id = path_id<UserId>(call, "user_id");
  if (find_member(call.sim.world, guild, id) == nullptr) throw unknown_member();
  return id;
}

Member& member_of(const ApiCall& call, Guild& guild, UserId id) {
  return id == call.sim.world.application.bot_user_id() ? guild.bot_member : guild.members.at(id);
}

net::Response member_answer(const ApiCall& call, const Guild& guild, UserId id, unsigned status = 200) {
  return json_answer(status, member_response(call.sim.world, guild, id, *find_member(call.sim.world, guild, id)));
}

/// All members with the bot, by rising id.
std::map<UserId, const Member*> all_members(const ApiCall& call, const Guild& guild) {
  std::map<UserId, const Member*> members{{call.sim.world.application.bot_user_id(), &guild.bot_member}};
  for (const auto& [id, member] : guild.members) members.emplace(id, &member);
  return members;
}

bool begins_with(std::string_view text, std::string_view query) {
  return text.size() >= query.size() && net::equal_ignoring_case(text.substr(0, query.size()), query);
}

void check_roles_change(const Guild& guild, const std::vector<RoleId>& before, const std::vector<RoleId>& after) {
  const auto check = [&](const std::vector<RoleId>& from, const std::vector<RoleId>& to) {
    for (const RoleId id : from) {
      if (std::find(to.begin(), to.end(), id) != to.end()) continue;
      check_bot_has(guild, manage_roles);
      check_below_bot(guild, find_role(guild, id));
    }
  };
  check(before, after);
  check(after, before);
}

void read_timeout(const ApiCall& call, FormReader& form, const Guild& guild, UserId id, Member& member) {
  if (!form.mentions("communication_disabled_until")) return;
  const auto text = form.text("communication_disabled_until", {0, 64});
  member.communication_disabled_until.reset();
  if (!text) return;
  check_bot_has(guild, moderate_members);
  if (guild.permissions_of(id).has(administrator)) throw missing_permissions();
  const auto until = parse_discord_time(*text);
  if (!until) {
    form.problem("communication_disabled_until", "DATE_TIME_TYPE_PARSE",
                 "Could not parse " + *text + ". Should be ISO8601.");
  } else if (*until > call.sim.clock().now() + max_timeout) {
    form.problem("communication_disabled_until", "INVALID_COMMUNICATION_DISABLED_TIMESTAMP",
                 "The timestamp is more than 28 days away.");
  } else {
    member.communication_disabled_until = *until;
  }
}

void read_nick(FormReader& form, const Guild& guild, Permissions needed, Member& member) {
  if (!form.mentions("nick")) return;
  const auto nick = form.text("nick", nick_length).value_or("");
  if (nick == member.nick.value_or("")) return;
  check_bot_has(guild, needed);
  member.nick = nick.empty() ? std::nullopt : std::optional(nick);
}

/// Deletes what the user wrote in the guild since `oldest`.
void delete_messages_of(Simulation& sim, const Guild& guild, UserId user, base::Timestamp oldest) {
  for (const auto* place : {&guild.channels, &guild.threads}) {
    for (const auto& [id, channel] : *place) {
      std::vector<Message> gone;
      for (const Message& message : sim.messages.of(id)) {
        if (message.author == user && !message.webhook && message.created >= oldest) gone.push_back(message);
      }
      for (const Message& message : gone) sim.messages.remove(id, message.id);
      sim.feed.messages_deleted(gone);
    }
  }
}

/// Bans a user, who need not be a member.
void ban_user(const ApiCall& call, GuildId id, UserId user, std::chrono::seconds deleted) {
  const auto reason = call.request.headers.find("X-Audit-Log-Reason");
  change_guild(call.sim, id, [&](Guild& guild) {
    guild.members.erase(user);
    guild.bans[user] = reason ? net::decode_component(*reason) : std::nullopt;
  });
  if (deleted.count() == 0) return;
  delete_messages_of(call.sim, *call.sim.world.find_guild(id), user, call.sim.clock().now() - deleted);
}

std::chrono::seconds read_deleted(FormReader& form) {
  const auto days = form.integer("delete_message_days", {0, 7}).value_or(0);
  return std::chrono::seconds(form.integer("delete_message_seconds", {0, 604'800}).value_or(days * 86'400));
}

boost::json::object ban_response(const ApiCall& call, UserId user, const std::optional<std::string>& reason) {
  return {{"user", user_response(call.sim.world, user)}, {"reason", or_null(reason)}};
}

DiscordError unknown_ban() { return {404, 10026, "Unknown Ban"}; }

}  // namespace

net::Response list_members(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  const auto limit = parse_limit(call.query, 1, members_per_page);
  const auto after = parse_snowflake<UserId>(call.query, "after");
  const auto members = all_members(call, guild);
  boost::json::array list;
  for (auto at = members.upper_bound(after.value_or(UserId{0})); at != members.end() && list.size() < limit; ++at) {
    list.push_back(member_response(call.sim.world, guild, at->first, *at->second));
  }
  return json_answer(200, list);
}

net::Response search_members(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  const auto limit = parse_limit(call.query, 1, members_per_page);
  const auto query = net::find_field(call.query, "query");
  if (!query) throw invalid_form("query", "BASE_TYPE_REQUIRED", "This field is required");
  boost::json::array list;
  for (const auto& [id, member] : all_members(call, guild)) {
    if (list.size() == limit) break;
    auto response = member_response(call.sim.world, guild, id, *member);
    const auto& user = response.at("user");
    const auto* global_name = user.at("global_name").if_string();
    const bool found = begins_with(user.at("username").as_string(), *query) ||
                       (global_name != nullptr && begins_with(*global_name, *query)) ||
                       (member->nick && begins_with(*member->nick, *query));
    if (found) list.push_back(std::move(response));
  }
  return json_answer(200, list);
}

net::Response get_member(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  return member_answer(call, guild, open_member(call, guild));
}

net::Response add_member(const ApiCall& call) {
  const Guild& guild = open_guild(call, create_instant_invite);
  const auto id = path_id<UserId>(call, "user_id");
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  const auto token = form.required_text("access_token", {1, 10'240});
  Member member;
  read_nick(form, guild, manage_nicknames, member);
  member.roles = form.snowflakes<RoleId>("roles", roles_per_member);
  problems.throw_if_any();
  const auto* authorization = call.sim.grants.find(token);
  if (authorization == nullptr || authorization->user != id || !holds(authorization->scopes, "guilds.join")) {
    throw DiscordError{403, 50025, "Invalid OAuth2 access token provided"};
  }
  if (guild.bans.contains(id)) throw DiscordError{403, 40007, "The user is banned from this guild."};
  if (guild.members.contains(id)) return no_content();
  check_roles_change(guild, {}, member.roles);
  const Guild& changed = change_guild(call.sim, guild.id, [&](Guild& after) { after.members.emplace(id, member); });
  return member_answer(call, changed, id, 201);
}

net::Response change_member(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  const UserId id = open_member(call, guild);
  const bool own = id == call.sim.world.application.bot_user_id();
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  Member member = *find_member(call.sim.world, guild, id);
  const auto roles = member.roles;
  if (form.mentions("nick") && !own) check_outranked_by_bot(guild, id);
  read_nick(form, guild, own ? change_nickname : manage_nicknames, member);
  if (form.find("roles") != nullptr) {
    member.roles = form.snowflakes<RoleId>("roles", roles_per_member);
    std::erase(member.roles, guild.everyone());
  }
  member.mute = form.boolean("mute", member.mute);
  member.deaf = form.boolean("deaf", member.deaf);
  if (form.mentions("communication_disabled_until")) check_outranked_by_bot(guild, id);
  read_timeout(call, form, guild, id, member);
  form.refuse({"channel_id"});
  problems.throw_if_any();
  check_roles_change(guild, roles, member.roles);
  const Guild& changed = change_guild(call.sim, guild.id, [&](Guild& after) { member_of(call, after, id) = member; });
  return member_answer(call, changed, id);
}

net::Response change_own_member(const ApiCall& call) {
  const Guild& guild = open_guild(call);
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  Member member = guild.bot_member;
  read_nick(form, guild, change_nickname, member);
  form.refuse({"avatar", "banner", "bio"});
  problems.throw_if_any();
  const Guild& changed = change_guild(call.sim, guild.id, [&](Guild& after) { after.bot_member = member; });
  return member_answer(call, changed, call.sim.world.application.bot_user_id());
}

net::Response remove_member(const ApiCall& call) {
  const Guild& guild = open_guild(call, kick_members);
  const UserId id = open_member(call, guild);
  if (id == call.sim.world.application.bot_user_id()) throw missing_permissions();
  check_outranked_by_bot(guild, id);
  change_guild(call.sim, guild.id, [id](Guild& after) { after.members.erase(id); });
  return no_content();
}

net::Response add_member_role(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_roles);
  const UserId id = open_member(call, guild);
  const RoleId role = find_role(guild, path_id<RoleId>(call, "role_id")).id;
  check_below_bot(guild, guild.roles.at(role));
  if (guild.roles.at(role).of_bot || role == guild.everyone()) throw missing_permissions();
  change_guild(call.sim, guild.id, [&](Guild& after) {
    auto& roles = member_of(call, after, id).roles;
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
  });
  return no_content();
}

net::Response remove_member_role(const ApiCall& call) {
  const Guild& guild = open_guild(call, manage_roles);
  const UserId id = open_member(call, guild);
  const RoleId role = find_role(guild, path_id<RoleId>(call, "role_id")).id;
  check_below_bot(guild, guild.roles.at(role));
  change_guild(call.sim, guild.id, [&](Guild& after) { std::erase(member_of(call, after, id).roles, role); });
  return no_content();
}

net::Response list_bans(const ApiCall& call) {
  const Guild& guild = open_guild(call, ban_members);
  const auto limit = parse_limit(call.query, members_per_page, members_per_page);
  const auto after = parse_snowflake<UserId>(call.query, "after");
  const auto before = parse_snowflake<UserId>(call.query, "before");
  std::vector<UserId> users;
  for (const auto& [id, reason] : guild.bans) {
    if ((!before || id < *before) && (before || !after || id > *after)) users.push_back(id);
  }
  if (users.size() > limit) {
    if (before) users.erase(users.begin(), users.end() - static_cast<std::ptrdiff_t>(limit));
    users.resize(limit);
  }
  boost::json::array list;
  for (const UserId id : users) list.push_back(ban_response(call, id, guild.bans.at(id)));
  return json_answer(200, list);
}

net::Response get_ban(const ApiCall& call) {
  const Guild& guild = open_guild(call, ban_members);
  const auto found = guild.bans.find(path_id<UserId>(call, "user_id"));
  if (found == guild.bans.end()) throw unknown_ban();
  return json_answer(200, ban_response(call, found->first, found->second));
}

net::Response add_ban(const ApiCall& call) {
  const Guild& guild = open_guild(call, ban_members);
  const auto id = path_id<UserId>(call, "user_id");
  const auto body = call.request.body.empty() ? boost::json::object() : parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  const auto deleted = read_deleted(form);
  problems.throw_if_any();
  if (call.sim.world.find_user(id) == nullptr) throw unknown_user();
  check_outranked_by_bot(guild, id);
  ban_user(call, guild.id, id, deleted);
  return no_content();
}

net::Response add_bans(const ApiCall& call) {
  constexpr Bounds users_per_request{1, 200};
  const GuildId guild = open_guild(call, ban_members | manage_guild).id;
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  form.require("user_ids");
  const auto users = form.snowflakes<UserId>("user_ids", users_per_request);
  const auto deleted = read_deleted(form);
  problems.throw_if_any();
  boost::json::array banned;
  boost::json::array failed;
  for (const UserId id : users) {
    try {
      if (call.sim.world.find_user(id) == nullptr) throw unknown_user();
      check_outranked_by_bot(*call.sim.world.find_guild(guild), id);
      ban_user(call, guild, id, deleted);
      banned.emplace_back(id.to_string());
    } catch (const DiscordError&) {
      failed.emplace_back(id.to_string());
    }
  }
  if (banned.empty()) throw DiscordError{400, 500'000, "Failed to ban users"};
  return json_answer(200, {{"banned_users", std::move(banned)}, {"failed_users", std::move(failed)}});
}

net::Response remove_ban(const ApiCall& call) {
  const Guild& guild = open_guild(call, ban_members);
  const auto id = path_id<UserId>(call, "user_id");
  if (!guild.bans.contains(id)) throw unknown_ban();
  change_guild(call.sim, guild.id, [id](Guild& after) { after.bans.erase(id); });
  return no_content();
}

}  // namespace guildhall::sim
