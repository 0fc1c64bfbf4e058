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

/// The interaction that the path names, if it still waits for its answer.
DiscordResult<Interaction*> find_waiting(const ApiCall& call) {
  const auto id = path_id<InteractionId>(call, "interaction_id");
  if (!id) return id.error();
  Interaction* interaction = call.sim.interactions.find(*id);
  if (interaction == nullptr || interaction->token != call.params["interaction_token"]) return unknown_interaction();
  if (!interaction->responses.empty()) return already_acknowledged();
  if (has_failed(*interaction, call.sim.clock().now())) return unknown_interaction();
  return interaction;
}

/// Whether a callback is about the message whose component was used.
bool is_update(Callback callback) { return callback == Callback::deferred_update || callback == Callback::update; }

bool fits(Callback callback, const Interaction& interaction) {
  return !is_update(callback) || interaction.type == InteractionType::component;
}

/// The type of a callback, where it is one for this kind of interaction.
DiscordResult<Callback> read_callback(const boost::json::object& body, const Interaction& interaction) {
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
  return problems.error();
}

const boost::json::object& data_of(const boost::json::object& body) {
  static const boost::json::object none;
  const auto* data = body.if_contains("data");
  return data == nullptr || !data->is_object() ? none : data->as_object();
}

DiscordResult<void> update_component_message(Simulation& sim, const Interaction& interaction, MessageForm form) {
  Message* message = sim.messages.find(interaction.channel, *interaction.message);
  if (message == nullptr) return unknown_message();
  if (!form.content && !form.embeds && !form.components && !form.flags) return {};
  return edit_message(sim, *message, all_permissions, std::move(form));
}

/// Does what a callback says. What it is refused for leaves the interaction waiting.
DiscordResult<void> take_callback(Simulation& sim, Interaction& interaction, Callback callback,
                                  const boost::json::object& data) {
  FormProblems problems;
  const bool update = is_update(callback);
  auto form = update ? read_message_edit(data, problems, {"data"}) : read_message_create(data, problems, {"data"});
  if (!problems.empty()) return problems.error();
  if (update) {
    if (callback == Callback::update) {
      const auto updated = update_component_message(sim, interaction, std::move(form));
      if (!updated) return updated;
    }
    interaction.original = interaction.message;
    return {};
  }
  if (callback == Callback::message && !form.shows_something()) return empty_message();
  const auto posted = callback == Callback::message ? post_answer(sim, interaction, std::move(form))
                                                    : post_thinking(sim, interaction, form);
  if (!posted) return posted.error();
  interaction.original = (*posted)->id;
  return {};
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
  // Discord's document knows these two types of resources, whether they were deferred or not.
  return {{"interaction", std::move(about)},
          {"resource",
           {{"type", static_cast<int>(is_update(callback) ? Callback::update : Callback::message)},
            {"message", message_response(call.sim.world, call.sim.messages, *message)}}}};
}

/// The interaction whose token the path holds, while that works and has been answered.
DiscordResult<Interaction*> find_answered(const ApiCall& call) {
  const auto application = path_id<ApplicationId>(call, "webhook_id");
  if (!application) return application.error();
  if (*application != call.sim.world.application.id) return unknown_webhook();
  Interaction* interaction = call.sim.interactions.find_by_token(call.params["webhook_token"]);
  if (interaction == nullptr || call.sim.clock().now() - interaction->created >= token_lifetime) {
    return invalid_webhook_token();
  }
  if (interaction->responses.empty()) return unknown_webhook();
  return interaction;
}

/// The message of an interaction that the path names.
DiscordResult<Message*> find_answer(const ApiCall& call, Interaction& interaction) {
  std::optional<MessageId> wanted = interaction.original;
  if (const auto text = call.params["message_id"]; !text.empty()) {
    const auto id = path_id<MessageId>(call, "message_id");
    if (!id) return id.error();
    const auto& known = interaction.follow_ups;
    if (*id != interaction.original && std::find(known.begin(), known.end(), *id) == known.end()) {
      return unknown_message();
    }
    wanted = *id;
  }
  Message* message = wanted ? call.sim.messages.find(interaction.channel, *wanted) : nullptr;
  if (message == nullptr) return unknown_message();
  return message;
}

net::Response message_answer(const ApiCall& call, const Message& message) {
  return json_answer(200, message_response(call.sim.world, call.sim.messages, message));
}

}  // namespace

net::Response respond_to_interaction(const ApiCall& call) {
  const auto now = std::chrono::steady_clock::now();
  const auto waiting = find_waiting(call);
  if (!waiting) return answer(waiting.error());
  Interaction& interaction = **waiting;
  const auto with_response = parse_flag(call.query, "with_response");
  if (!with_response) return answer(with_response.error());
  auto body = parse_form_body(call.request.body);
  if (!body) return answer(body.error());
  const auto callback = read_callback(*body, interaction);
  if (!callback) return answer(callback.error());
  const auto taken = take_callback(call.sim, interaction, *callback, data_of(*body));
  if (!taken) return answer(taken.error());
  interaction.responses.push_back(std::move(*body));
  interaction.answered_after = std::chrono::floor<std::chrono::microseconds>(now - interaction.began);
  if (!*with_response) return no_content();
  return json_answer(200, callback_response(call, interaction, *callback));
}

net::Response create_follow_up(const ApiCall& call) {
  const auto interaction = find_answered(call);
  if (!interaction) return answer(interaction.error());
  const auto body = parse_form_body(call.request.body);
  if (!body) return answer(body.error());
  FormProblems problems;
  auto form = read_message_create(*body, problems);
  if (!problems.empty()) return answer(problems.error());
  if (!form.shows_something()) return answer(empty_message());
  const auto posted = post_follow_up(call.sim, **interaction, std::move(form));
  return posted ? message_answer(call, **posted) : answer(posted.error());
}

net::Response get_interaction_message(const ApiCall& call) {
  const auto interaction = find_answered(call);
  if (!interaction) return answer(interaction.error());
  const auto message = find_answer(call, **interaction);
  return message ? message_answer(call, **message) : answer(message.error());
}

net::Response edit_interaction_message(const ApiCall& call) {
  const auto interaction = find_answered(call);
  if (!interaction) return answer(interaction.error());
  const auto message = find_answer(call, **interaction);
  if (!message) return answer(message.error());
  const auto body = parse_form_body(call.request.body);
  if (!body) return answer(body.error());
  FormProblems problems;
  auto form = read_message_edit(*body, problems);
  if (!problems.empty()) return answer(problems.error());
  const auto edited = edit_message(call.sim, **message, all_permissions, std::move(form));
  return edited ? message_answer(call, **message) : answer(edited.error());
}

net::Response delete_interaction_message(const ApiCall& call) {
  const auto interaction = find_answered(call);
  if (!interaction) return answer(interaction.error());
  const auto message = find_answer(call, **interaction);
  if (!message) return answer(message.error());
  remove_message(call.sim, **message);
  return no_content();
}

}  // namespace guildhall::sim
