#include "sim/rest/channel_routes.hpp"

#include "sim/answers.hpp"
#include "sim/objects/guild.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/form_reader.hpp"

namespace guildhall::sim {
namespace {

DiscordError invalid_recipients() { return {400, 50033, "Invalid Recipient(s)"}; }

boost::json::object shown(const Simulation& sim, const Channel& channel) {
  auto response = channel_response(sim.world, channel);
  const auto& messages = sim.messages.of(channel.id);
  if (!messages.empty()) response["last_message_id"] = messages.back().id.to_string();
  return response;
}

}  // namespace

net::Response get_channel(const ApiCall& call) {
  return json_answer(200, shown(call.sim, *open_channel(call).channel));
}

net::Response trigger_typing(const ApiCall& call) {
  call.sim.feed.typing_started(*open_channel(call, send_messages).channel, call.sim.world.application.bot_user_id());
  return no_content();
}

net::Response create_direct_message(const ApiCall& call) {
  const auto body = parse_form_body(call.request.body);
  FormProblems problems;
  FormReader form(body, problems);
  form.require("recipient_id");
  const auto recipient = form.snowflake<UserId>("recipient_id");
  problems.throw_if_any();
  const auto opened = call.sim.world.open_direct_message(*recipient);
  if (!opened) throw invalid_recipients();
  return json_answer(200, shown(call.sim, *call.sim.world.find_channel(*opened)));
}

}  // namespace guildhall::sim
