#include "sim/rest/message_form.hpp"

#include <algorithm>
#include <utility>

#include "sim/rest/component_form.hpp"
#include "sim/rest/embed_form.hpp"

namespace guildhall::sim {
namespace {

constexpr Bounds content_length{0, 2000};
constexpr Bounds nonce_length{0, 25};
constexpr Bounds mention_count{0, 100};
constexpr std::int64_t components_v2_flag = 1 << 15;

template <class Id>
std::vector<Id> read_ids(FormReader& form, std::string_view name) {
  std::vector<Id> ids;
  const auto* list = form.list(name, mention_count);
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const auto* text = (*list)[i].if_string();
    if (const auto id = text != nullptr ? Id::parse(*text) : std::nullopt) {
      ids.push_back(*id);
    } else {
      form.problem(name, "NUMBER_TYPE_COERCE", "Value at " + std::to_string(i) + " is not snowflake.");
    }
  }
  return ids;
}

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
  allowed.users = read_ids<UserId>(*within, "users");
  allowed.roles = read_ids<RoleId>(*within, "roles");
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
    within->problem("type", "BASE_TYPE_CHOICES", "The simulator does not forward messages.");
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

MessageForm read_common(FormReader& form) {
  MessageForm message;
  message.content = form.text("content", content_length);
  message.embeds = read_embeds(form);
  message.components = read_components(form);
  message.allowed_mentions = read_allowed_mentions(form);
  if (const auto flags = form.integer("flags", {0, INT64_MAX})) {
    message.flags = static_cast<std::uint64_t>(*flags);
    if ((*flags & components_v2_flag) != 0) {
      form.problem("flags", "BASE_TYPE_CHOICES", "The simulator does not know components of version 2.");
    }
  }
  return message;
}

}  // namespace

bool MessageForm::shows_something() const {
  const auto filled = [](const auto& list) { return list && !list->empty(); };
  return filled(content) || filled(embeds) || filled(components);
}

MessageForm read_message_create(const boost::json::object& body, FormProblems& problems, FormProblems::Path path) {
  FormReader form(body, problems, std::move(path));
  auto message = read_common(form);
  message.reference = read_reference(form);
  message.nonce = read_nonce(form);
  message.enforce_nonce = form.boolean("enforce_nonce", false);
  message.tts = form.boolean("tts", false);
  return message;
}

MessageForm read_message_edit(const boost::json::object& body, FormProblems& problems, FormProblems::Path path) {
  FormReader form(body, problems, std::move(path));
  auto message = read_common(form);
  if (form.mentions("content") && !message.content) message.content.emplace();
  if (form.mentions("embeds") && !message.embeds) message.embeds.emplace();
  if (form.mentions("components") && !message.components) message.components.emplace();
  return message;
}

}  // namespace guildhall::sim
