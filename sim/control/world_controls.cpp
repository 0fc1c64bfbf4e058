#include "sim/control/world_controls.hpp"

#include <utility>

#include "sim/answers.hpp"
#include "sim/world/world_json.hpp"

namespace guildhall::sim {
namespace {

[[noreturn]] void not_found(std::string message) {
  throw base::ErrorException({base::Errc::not_found, std::move(message), {}, {}});
}

}  // namespace

net::Response show_world(const ControlCall& call) { return json_answer(200, to_json(call.sim.world)); }

net::Response reset(const ControlCall& call) {
  call.sim.reset();
  return no_content();
}

net::Response add_person(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  Person person;
  person.id = reader.has("id") ? reader.id<UserId>("id") : UserId{call.sim.new_snowflake()};
  read_fields(reader, person);
  reader.finish();
  require(call.sim.world.add_person(person));
  return json_answer(201, to_json(person));
}

net::Response change_person(const ControlCall& call) {
  const auto id = call.id<UserId>("id");
  const Person* known = call.sim.world.find_person(id);
  if (known == nullptr) not_found("There is no person " + id.to_string() + ".");
  Person person = *known;
  const auto body = call.json();
  ObjectReader reader(body, "");
  read_fields(reader, person);
  reader.finish();
  require(call.sim.world.change_person(person));
  return json_answer(200, to_json(person));
}

net::Response remove_person(const ControlCall& call) {
  const auto id = call.id<UserId>("id");
  require(call.sim.world.remove_person(id));
  call.sim.grants.revoke_person(id);
  return no_content();
}

net::Response add_guild(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  Guild guild;
  guild.id = reader.has("id") ? reader.id<GuildId>("id") : GuildId{call.sim.new_snowflake()};
  read_fields(reader, guild);
  reader.finish();
  const GuildId id = guild.id;
  require(call.sim.world.add_guild(std::move(guild)));
  return json_answer(201, to_json(*call.sim.world.find_guild(id)));
}

net::Response change_guild(const ControlCall& call) {
  const auto id = call.id<GuildId>("id");
  const Guild* known = call.sim.world.find_guild(id);
  if (known == nullptr) not_found("There is no guild " + id.to_string() + ".");
  Guild guild = *known;
  const auto body = call.json();
  ObjectReader reader(body, "");
  read_fields(reader, guild);
  reader.finish();
  require(call.sim.world.change_guild(std::move(guild)));
  return json_answer(200, to_json(*call.sim.world.find_guild(id)));
}

net::Response remove_guild(const ControlCall& call) {
  require(call.sim.world.remove_guild(call.id<GuildId>("id")));
  return no_content();
}

net::Response put_member(const ControlCall& call) {
  const auto guild = call.id<GuildId>("id");
  const auto person = call.id<UserId>("user_id");
  const auto body = call.json();
  ObjectReader reader(body, "");
  const auto permissions = read_permissions(reader, "permissions");
  reader.finish();
  require(call.sim.world.put_member(guild, person, permissions));
  return json_answer(200, {{"userId", person.to_string()}, {"permissions", permissions.to_string()}});
}

net::Response remove_member(const ControlCall& call) {
  require(call.sim.world.remove_member(call.id<GuildId>("id"), call.id<UserId>("user_id")));
  return no_content();
}

}  // namespace guildhall::sim
