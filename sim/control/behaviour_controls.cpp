#include "sim/control/behaviour_controls.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "sim/answers.hpp"
#include "sim/interactions/command_form.hpp"
#include "sim/world/object_reader.hpp"

namespace guildhall::sim {
namespace {

boost::json::object read_members(ObjectReader& reader, std::string_view name) {
  const auto* members = reader.value(name).if_object();
  if (members == nullptr) reader.fail(name, "This must be an object.");
  return *members;
}

}  // namespace

net::Response show_behaviour(const ControlCall& call) {
  const Behaviour& behaviour = call.sim.world.behaviour;
  boost::json::array refused;
  for (const auto& text : behaviour.refused) refused.emplace_back(text);
  boost::json::object json{{"guildsPerPage", nullptr},
                           {"commandMembers", behaviour.command_members},
                           {"optionMembers", behaviour.option_members},
                           {"componentMembers", behaviour.component_members},
                           {"embedMembers", behaviour.embed_members},
                           {"refused", std::move(refused)}};
  if (behaviour.guilds_per_page) json["guildsPerPage"] = *behaviour.guilds_per_page;
  return json_answer(200, json);
}

net::Response change_behaviour(const ControlCall& call) {
  Behaviour behaviour = call.sim.world.behaviour;
  const auto body = call.json();
  ObjectReader reader(body, "");
  if (reader.has("guildsPerPage")) {
    behaviour.guilds_per_page = static_cast<std::size_t>(reader.integer("guildsPerPage", 1, 200));
  }
  if (reader.has("commandMembers")) behaviour.command_members = read_members(reader, "commandMembers");
  if (reader.has("optionMembers")) behaviour.option_members = read_members(reader, "optionMembers");
  if (reader.has("componentMembers")) behaviour.component_members = read_members(reader, "componentMembers");
  if (reader.has("embedMembers")) behaviour.embed_members = read_members(reader, "embedMembers");
  if (reader.has("refused")) {
    behaviour.refused.clear();
    for (const auto& item : reader.array("refused")) {
      const auto* text = item.if_string();
      if (text == nullptr) reader.fail("refused", "Each is a text.");
      behaviour.refused.emplace(*text);
    }
  }
  reader.finish();
  call.sim.world.behaviour = std::move(behaviour);
  return show_behaviour(call);
}

net::Response add_application_command(const ControlCall& call) {
  const auto body = call.json();
  const auto* definition = body.if_object();
  if (definition == nullptr) throw base::ErrorException(base::invalid("", "This must be an object."));
  FormProblems problems;
  auto command = read_command(*definition, problems);
  if (!problems.empty()) throw base::ErrorException(base::invalid("", boost::json::serialize(problems.error().errors)));
  const auto new_id = [&sim = call.sim] { return sim.new_snowflake(); };
  const auto* made = call.sim.commands.put(std::move(command), new_id);
  if (made == nullptr) throw base::ErrorException({base::Errc::too_large, "There are too many commands.", {}, {}});
  call.sim.feed.world_changed();
  return json_answer(201, command_response(call.sim.world.application.id, *made));
}

}  // namespace guildhall::sim
