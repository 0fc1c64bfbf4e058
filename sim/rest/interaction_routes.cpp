#include "sim/rest/interaction_routes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/answers.hpp"
#include "sim/objects/message.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/interaction_answer.hpp"
#include "sim/rest/interaction_rules.hpp"
#include "sim/rest/message_writer.hpp"
#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
namespace {

/// Discord's interaction callback types.
enum class Callback : std::uint8_t {
  message = 4,
  deferred_message = 5,
  deferred_update = 6,
  update = 7,
};

DiscordError unknown_interaction() { return {404, 10062, "Unknown interaction"}; }
DiscordError already_acknowledged() { return {400, 40060, "Interaction has already been acknowledged."}; }
DiscordError unknown_webhook() { return {404, 10015, "Unknown Webhook"}; }
DiscordError invalid_webhook_token() { return {401, 50027, "Invalid Webhook Token"}; }

/// The interaction in the path, which must still wait for its response.
Interaction& find_unanswered(const ApiCall& call) {
  Interaction* interaction = call.sim.interactions.find(path_id<InteractionId>(call, "interaction_id"));
  if (interaction == nullptr || interaction->token != call.params["interaction_token"]) throw unknown_interaction();
  if (!interaction->responses.empty()) throw already_acknowledged();
  if (has_failed(*interaction, call.sim.clock().now())) throw unknown_interaction();
  return *interaction;
}

/// Whether a callback changes the message of the component.
bool is_update(Callback callback) { return callback == Callback::deferred_update || callback == Callback::update; }

bool fits(Callback callback, const Interaction& interaction) {
  return !is_update(callback) || interaction.type == InteractionType::component;
}

/// The type of a callback, which must be one for this kind of interaction.
Callback read_callback(const boost::json::object& body, const Interaction& interaction) {
  FormProblems problems;
  FormReader form(body, problems);
  form.require("type");
  const auto type = form.integer("type", {1, 12}).value_or(0);
  constexpr std::array known{Callback::message, Callback::deferred_message, Callback::deferred_update,
                             Callback::update};
  for (const Callback callback : known) {
    if (static_cast<std::int64_t>(callback) == type && fits(callback, interaction)) return callback;
  }
  form.problem("type", "BASE_TYPE_CHOICES", "This is no callback for this type of interaction.");
  throw problems.error();
}

const boost::json::object& data_of(const boost::json::object& body) {
  static const boost::json::object none;
  const auto* data = body.if_contains("data");
  return data == nullptr || !data->is_object() ? none : data->as_object();
}

void update_component_message(Simulation& sim, const Interaction& interaction, MessageForm form) {
  Message* message = sim.messages.find(interaction.channel, *interaction.message);
  if (message == nullptr) throw unknown_message();
  if (form.content || form.embeds || form.components || form.flags)
    edit_message(sim, *message, all_permissions, std::move(form));
}

/// Performs a callback. If it throws, the interaction still waits for a response.
void take_callback(Simulation& sim, Interaction& interaction, Callback callback, const boost::json::object& data) {
  FormProblems problems;
  const bool update = is_update(callback);
  auto form = update ? read_message_edit(data, problems, {"data"}) : read_message_create(data, problems, {"data"});
  problems.throw_if_any();
  if (update) {
    if (callback == Callback::update) update_component_message(sim, interaction, std::move(form));
    interaction.original = interaction.message;
  } else if (callback == Callback::deferred_message) {
    interaction.original = post_thinking(sim, interaction, form).id;
  } else {
    if (!form.shows_something()) throw empty_message();
    interaction.original = post_answer(sim, interaction, std::move(form)).id;
  }
}

/// InteractionCallbackResponse.
boost::json::object callback_response(const ApiCall& call, const Interaction& interaction, Callback callback) {
  boost::json::object about{{"id", interaction.id.to_string()},
                            {"type", static_cast<int>(interaction.type)},
                            {"channel_id", interaction.channel.to_string()}};
  if (interaction.guild) about["guild_id"] = interaction.guild->to_string();
  const Message* message =
      interaction.original ? call.sim.messages.find(interaction.channel, *interaction.original) : nullptr;
  if (message == nullptr) return {{"interaction", std::move(about)}};
  about["response_message_id"] = message->id.to_string();
  about["response_message_loading"] = (message->flags & loading_flag) != 0;
  about["response_message_ephemeral"] = message->ephemeral();
  // Discord documents only these two resource types, deferred or not.
  return {{"interaction", std::move(about)},
          {"resource",
           {{"type", static_cast<int>(is_update(callback) ? Callback::update : Callback::message)},
            {"message", message_response(call.sim.world, call.sim.messages, *message)}}}};
}

/// The interaction whose token is in the path, which must be valid and have a response.
Interaction& find_answered(const ApiCall& call) {
  if (path_id<ApplicationId>(call, "webhook_id") != call.sim.world.application.id) throw unknown_webhook();
  Interaction* interaction = call.sim.interactions.find_by_token(call.params["webhook_token"]);
  if (interaction == nullptr || call.sim.clock().now() - interaction->created >= token_lifetime) {
    throw invalid_webhook_token();
  }
  if (interaction->responses.empty()) throw unknown_webhook();
  return *interaction;
}

/// The message of an interaction that the path names: the original response or a follow-up.
Message& find_response(const ApiCall& call) {
  const Interaction& interaction = find_answered(call);
  std::optional<MessageId> wanted = interaction.original;
  if (!call.params["message_id"].empty()) {
    wanted = path_id<MessageId>(call, "message_id");
    const auto& known = interaction.follow_ups;
    if (wanted != interaction.original && std::find(known.begin(), known.end(), *wanted) == known.end()) {
      throw unknown_message();
    }
  }
  Message* message = wanted ? call.sim.messages.find(interaction.channel, *wanted) : nullptr;
  if (message == nullptr) throw unknown_message();
  return *message;
}

net::Response message_answer(const ApiCall& call, const Message& message) {
  return json_answer(200, message_response(call.sim.world, call.sim.messages, message));
}

}  // namespace

net::Response respond_to_interaction(const ApiCall& call) {
  const auto now = std::chrono::steady_clock::now();
  Interaction& interaction = find_unanswered(call);
  const bool with_response = parse_flag(call.query, "with_response");
  auto body = parse_form_body(call.request.body);
  const Callback callback = read_callback(body, interaction);
  take_callback(call.sim, interaction, callback, data_of(body));
  interaction.responses.push_back(std::move(body));
  interaction.answered_after = std::chrono::floor<std::chrono::microseconds>(now - interaction.began);
  if (!with_response) return no_content();
  return json_answer(200, callback_response(call, interaction, callback));
}

net::Response create_follow_up(const ApiCall& call) {
  Interaction& interaction = find_answered(call);
  FormProblems problems;
  auto form = read_message_create(parse_form_body(call.request.body), problems);
  problems.throw_if_any();
  if (!form.shows_something()) throw empty_message();
  return message_answer(call, post_follow_up(call.sim, interaction, std::move(form)));
}

net::Response get_interaction_message(const ApiCall& call) { return message_answer(call, find_response(call)); }

net::Response edit_interaction_message(const ApiCall& call) {
  Message& message = find_response(call);
  FormProblems problems;
  auto form = read_message_edit(parse_form_body(call.request.body), problems);
  problems.throw_if_any();
  edit_message(call.sim, message, all_permissions, std::move(form));
  return message_answer(call, message);
}

net::Response delete_interaction_message(const ApiCall& call) {
  remove_message(call.sim, find_response(call));
  return no_content();
}

}  // namespace guildhall::sim
