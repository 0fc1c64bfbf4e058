#include "sim/rest/interaction_routes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/answers.hpp"
#include "sim/gateway/address.hpp"
#include "sim/interactions/command_form.hpp"
#include "sim/objects/message.hpp"
#include "sim/rest/channel_access.hpp"
#include "sim/rest/component_form.hpp"
#include "sim/rest/interaction_answer.hpp"
#include "sim/rest/interaction_rules.hpp"
#include "sim/rest/message_routes.hpp"
#include "sim/rest/message_writer.hpp"
#include "sim/rest/query_fields.hpp"
#include "sim/rest/refusals.hpp"

namespace guildhall::sim {
namespace {

/// Discord's interaction callback types.
enum class Callback : std::uint8_t {
  message = 4,
  deferred_message = 5,
  deferred_update = 6,
  update = 7,
  autocomplete = 8,
  modal = 9,
};

DiscordError unknown_interaction() { return {404, 10062, "Unknown interaction"}; }
DiscordError already_acknowledged() { return {400, 40060, "Interaction has already been acknowledged."}; }
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
  const bool completes = interaction.type == InteractionType::autocomplete;
  if (completes || callback == Callback::autocomplete) return completes && callback == Callback::autocomplete;
  if (callback == Callback::modal) return interaction.type != InteractionType::modal;
  return !is_update(callback) || interaction.message.has_value();
}

/// The type of a callback, which must be one for this kind of interaction.
Callback read_callback(const boost::json::object& body, const Interaction& interaction) {
  FormProblems problems;
  FormReader form(body, problems);
  form.require("type");
  const auto type = form.integer("type", {1, 12}).value_or(0);
  constexpr std::array known{Callback::message, Callback::deferred_message, Callback::deferred_update,
                             Callback::update,  Callback::autocomplete,     Callback::modal};
  for (const Callback callback : known) {
    if (static_cast<std::int64_t>(callback) == type && fits(callback, interaction)) return callback;
  }
  form.problem("type", "BASE_TYPE_CHOICES", "This is no callback for this type of interaction.");
  throw problems.error();
}

/// The type of the option that is being typed.
OptionType focused_type(const boost::json::object& data) {
  if (const auto* options = data.if_contains("options")) {
    for (const auto& option : options->as_array()) {
      if (option.as_object().contains("focused")) return static_cast<OptionType>(option.at("type").as_int64());
      if (option.as_object().contains("options")) return focused_type(option.as_object());
    }
  }
  return OptionType::string;
}

void check_choices(const Interaction& interaction, const boost::json::object& data) {
  constexpr Bounds choice_count{0, 25};
  constexpr Bounds choice_length{1, 100};
  FormProblems problems;
  FormReader form(data, problems, {"data"});
  const OptionType type = focused_type(interaction.data);
  const auto* choices = form.list("choices", choice_count);
  for (std::size_t i = 0; choices != nullptr && i < choices->size(); ++i) {
    auto choice = form.element("choices", i, (*choices)[i]);
    if (!choice) continue;
    (void)choice->required_text("name", choice_length);
    choice->require("value");
    switch (type) {
      case OptionType::integer: (void)choice->integer("value", {INT64_MIN, INT64_MAX}); break;
      case OptionType::number: (void)choice->number("value"); break;
      default: (void)choice->text("value", choice_length);
    }
  }
  problems.throw_if_any();
}

boost::json::object read_modal(const boost::json::object& data) {
  constexpr Bounds custom_id_length{1, 100};
  constexpr Bounds title_length{1, 45};
  FormProblems problems;
  FormReader form(data, problems, {"data"});
  boost::json::object modal{{"custom_id", form.required_text("custom_id", custom_id_length)},
                            {"title", form.required_text("title", title_length)}};
  form.require("components");
  modal["components"] = read_components(form, ComponentPlace::modal).value_or(boost::json::array());
  problems.throw_if_any();
  return modal;
}

const boost::json::object& data_of(const boost::json::object& body) {
  static const boost::json::object none;
  const auto* data = body.if_contains("data");
  return data == nullptr || !data->is_object() ? none : data->as_object();
}

void update_component_message(Simulation& sim, const Interaction& interaction, MessageForm form) {
  Message* message = sim.messages.find(interaction.channel, *interaction.message);
  if (message == nullptr) throw unknown_message();
  if (form.content || form.embeds || form.components || form.flags || form.files.attachments ||
      !form.files.uploads.empty())
    edit_message(sim, *message, all_permissions, std::move(form));
}

/// The message of a callback, with the files of the request.
MessageForm read_callback_message(Simulation& sim, const Interaction& interaction, Callback callback,
                                  const boost::json::object& data, FilesForm files) {
  FormProblems problems;
  MessageForm form;
  if (is_update(callback)) {
    const Message* message = sim.messages.find(interaction.channel, *interaction.message);
    form = read_message_edit(data, problems, message == nullptr ? 0 : message->flags, {"data"});
  } else {
    form = read_message_create(data, problems, {"data"});
  }
  problems.throw_if_any();
  check_refusals(sim.world.behaviour, data, {"data"});
  form.files.uploads = std::move(files.uploads);
  form.files.origin = std::move(files.origin);
  return form;
}

/// Performs a callback. If it throws, the interaction still waits for a response.
void take_callback(Simulation& sim, Interaction& interaction, Callback callback, const boost::json::object& data,
                   FilesForm files) {
  switch (callback) {
    case Callback::autocomplete: return check_choices(interaction, data);
    case Callback::modal: interaction.modal = read_modal(data); return sim.feed.modal_opened(interaction);
    default: break;
  }
  auto form = read_callback_message(sim, interaction, callback, data, std::move(files));
  if (is_update(callback)) {
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

}  // namespace

net::Response respond_to_interaction(const ApiCall& call) {
  const auto now = std::chrono::steady_clock::now();
  Interaction& interaction = find_unanswered(call);
  const bool with_response = parse_flag(call.query, "with_response");
  auto body = read_body(call);
  const Callback callback = read_callback(body.fields, interaction);
  take_callback(call.sim, interaction, callback, data_of(body.fields),
                {.attachments = {}, .uploads = std::move(body.uploads), .origin = origin_of(call.request)});
  interaction.responses.push_back(std::move(body.fields));
  interaction.answered_after = std::chrono::floor<std::chrono::microseconds>(now - interaction.began);
  if (!with_response) return no_content();
  return json_answer(200, callback_response(call, interaction, callback));
}

net::Response create_follow_up(const ApiCall& call) {
  Interaction& interaction = find_answered(call);
  auto form = read_message_create(call);
  if (!form.shows_something()) throw empty_message();
  return message_answer(call, post_follow_up(call.sim, interaction, std::move(form)));
}

net::Response get_interaction_message(const ApiCall& call) { return message_answer(call, find_response(call)); }

net::Response edit_interaction_message(const ApiCall& call) {
  Message& message = find_response(call);
  edit_message(call.sim, message, all_permissions, read_message_edit(call, message));
  return message_answer(call, message);
}

net::Response delete_interaction_message(const ApiCall& call) {
  remove_message(call.sim, find_response(call));
  return no_content();
}

}  // namespace guildhall::sim
