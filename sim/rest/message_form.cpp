#include "sim/rest/message_form.hpp"

#include <algorithm>
#include <utility>

#include "sim/gateway/address.hpp"
#include "sim/rest/component_form.hpp"
#include "sim/rest/embed_form.hpp"
#include "sim/rest/refusals.hpp"

namespace guildhall::sim {
namespace {

constexpr Bounds content_length{0, 2000};
constexpr Bounds nonce_length{0, 25};
constexpr Bounds mention_count{0, 100};

void read_parse(FormReader& form, AllowedMentions& allowed) {
  const auto* list = form.list("parse", {0, 3});
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const auto& type = (*list)[i];
    if (type == "users") {
      allowed.all_users = true;
    } else if (type == "roles") {
      allowed.all_roles = true;
    } else if (type == "everyone") {
      allowed.everyone = true;
    } else {
      form.problem("parse", "BASE_TYPE_CHOICES", "Value must be one of ('users', 'roles', 'everyone').");
    }
  }
}

void refuse_both(FormReader& form, std::string_view name) {
  form.problem_here(
      "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
      "parse:[\"" + std::string(name) + "\"] and " + std::string(name) + ": [ids...] are mutually exclusive.");
}

std::optional<AllowedMentions> read_allowed_mentions(FormReader& form) {
  auto within = form.object("allowed_mentions");
  if (!within) return std::nullopt;
  AllowedMentions allowed{false, false, false, within->boolean("replied_user", false), {}, {}};
  read_parse(*within, allowed);
  allowed.users = within->snowflakes<UserId>("users", mention_count);
  allowed.roles = within->snowflakes<RoleId>("roles", mention_count);
  if (allowed.all_users && !allowed.users.empty()) refuse_both(*within, "users");
  if (allowed.all_roles && !allowed.roles.empty()) refuse_both(*within, "roles");
  return allowed;
}

std::optional<ReferenceForm> read_reference(FormReader& form) {
  auto within = form.object("message_reference");
  if (!within) return std::nullopt;
  within->require("message_id");
  ReferenceForm reference;
  if (within->integer("type", {0, 1}) == 1) {
    within->problem("type", "SIMULATOR_LACKS_FIELD", "discord-sim does not forward messages.");
  }
  const auto message = within->snowflake<MessageId>("message_id");
  reference.channel = within->snowflake<ChannelId>("channel_id");
  reference.fail_if_not_exists = within->boolean("fail_if_not_exists", true);
  if (!message) return std::nullopt;
  reference.message = *message;
  return reference;
}

boost::json::value read_nonce(FormReader& form) {
  const auto* nonce = form.find("nonce");
  if (nonce == nullptr) return nullptr;
  if (nonce->is_int64() || nonce->is_uint64()) return *nonce;
  const auto text = form.text("nonce", nonce_length);
  return text ? boost::json::value(*text) : boost::json::value(nullptr);
}

/// A message with IS_COMPONENTS_V2 holds components only.
void check_components_v2(FormReader& form) {
  for (const std::string_view name : {"content", "embeds", "poll", "sticker_ids"}) {
    const auto* value = form.find(name);
    if (value == nullptr || (value->is_array() && value->as_array().empty()) || *value == boost::json::value("")) {
      continue;
    }
    form.problem(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                 "The '" + std::string(name) + "' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
  }
}

MessageForm read_common(FormReader& form, std::uint64_t flags_before) {
  MessageForm message;
  message.content = form.text("content", content_length);
  message.embeds = read_embeds(form);
  message.allowed_mentions = read_allowed_mentions(form);
  message.files.attachments = read_attachments(form);
  if (const auto flags = form.integer("flags", {0, INT64_MAX})) message.flags = static_cast<std::uint64_t>(*flags);
  const bool v2 = ((message.flags.value_or(0) | flags_before) & components_v2_flag) != 0;
  if (v2) check_components_v2(form);
  message.components = read_components(form, v2 ? ComponentPlace::message_v2 : ComponentPlace::message);
  form.refuse({"poll", "sticker_ids", "shared_client_theme"});
  return message;
}

}  // namespace

bool MessageForm::shows_something() const {
  const auto filled = [](const auto& list) { return list && !list->empty(); };
  return filled(content) || filled(embeds) || filled(components) || !files.uploads.empty();
}

MessageForm read_message_create(const boost::json::object& body, FormProblems& problems, FormProblems::Path path) {
  FormReader form(body, problems, std::move(path));
  auto message = read_common(form, 0);
  message.reference = read_reference(form);
  message.nonce = read_nonce(form);
  message.enforce_nonce = form.boolean("enforce_nonce", false);
  message.tts = form.boolean("tts", false);
  return message;
}

MessageForm read_message_create(const ApiCall& call) {
  auto body = read_body(call);
  FormProblems problems;
  auto form = read_message_create(body.fields, problems);
  problems.throw_if_any();
  check_refusals(call.sim.world.behaviour, body.fields);
  form.files.uploads = std::move(body.uploads);
  form.files.origin = origin_of(call.request);
  return form;
}

MessageForm read_message_edit(const boost::json::object& body, FormProblems& problems, std::uint64_t flags_before,
                              FormProblems::Path path) {
  FormReader form(body, problems, std::move(path));
  auto message = read_common(form, flags_before);
  if (form.mentions("content") && !message.content) message.content.emplace();
  if (form.mentions("embeds") && !message.embeds) message.embeds.emplace();
  if (form.mentions("components") && !message.components) message.components.emplace();
  if (form.mentions("attachments") && !message.files.attachments) message.files.attachments.emplace();
  return message;
}

MessageForm read_message_edit(const ApiCall& call, const Message& message) {
  auto body = read_body(call);
  FormProblems problems;
  auto form = read_message_edit(body.fields, problems, message.flags);
  problems.throw_if_any();
  check_refusals(call.sim.world.behaviour, body.fields);
  form.files.uploads = std::move(body.uploads);
  form.files.origin = origin_of(call.request);
  return form;
}

}  // namespace guildhall::sim
