#include "server/dry_run_host.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "api/script_message.hpp"

namespace guildhall::server {
namespace json = boost::json;
namespace {

using base::Errc;
using base::Error;
using vm::Method;

/// Bytes of data that are recorded of all calls together.
constexpr std::size_t max_recorded = 1U << 20;

/// Discord: resources/message, Message Flags.
constexpr std::int64_t ephemeral = 64;
constexpr std::int64_t loading = 128;

// Discord: topics/opcodes-and-status-codes, JSON Error Codes.
Error already_acknowledged() { return {Errc::refused, "Interaction has already been acknowledged.", {}, {}, 40060}; }
Error unknown_webhook() { return {Errc::refused, "Unknown Webhook", {}, {}, 10015}; }
Error unknown_message() { return {Errc::refused, "Unknown Message", {}, {}, 10008}; }

bool changes(Method method) { return method == Method::update || method == Method::edit_reply; }

bool has_message(Method method) { return method == Method::reply || method == Method::follow_up || changes(method); }

/// The message that a call sends, as Discord accepts it. It mentions nobody unless it says whom.
base::Result<json::object> parts_of(const vm::Call& call) {
  const auto* data = call.arguments.if_contains("data");
  json::value parts = data == nullptr ? json::value(json::object()) : *data;
  if (auto* const object = parts.if_object()) api::tidy_script_message(*object);
  const auto& schema = changes(call.method) ? api::script_edit_schema() : api::script_message_schema();
  if (const auto valid = schema.validate(parts); !valid) return api::as_discord_refuses(valid.error());
  auto& mentions = parts.get_object()["allowed_mentions"];
  if (mentions.is_null()) mentions = json::object{{"parse", json::array()}};
  return parts.get_object();
}

std::int64_t flags_of(const json::object& message) {
  const auto* flags = message.if_contains("flags");
  return flags != nullptr && flags->is_int64() ? flags->get_int64() : 0;
}

bool is_loading(const json::object& message) { return (flags_of(message) & loading) != 0; }

/// The "thinking" message, which only its person sees if the script wants that.
json::object thinking(const vm::Call& call) {
  const auto* data = call.arguments.if_contains("data");
  const auto wanted = data != nullptr && data->is_object() ? flags_of(data->get_object()) : 0;
  return {{"flags", (wanted & ephemeral) | loading}};
}

std::optional<std::string> message_id(const vm::Call& call) {
  const auto* id = call.arguments.if_contains("message");
  if (id == nullptr || !id->is_string()) return std::nullopt;
  return std::string(id->get_string());
}

}  // namespace

DryRunHost::DryRunHost(DryRunInteraction interaction, json::object used)
    : interaction_(std::move(interaction)), used_(used.at("id").as_string()) {
  messages_.emplace(used_, std::move(used));
}

net::Task<base::Result<json::value>> DryRunHost::call(vm::Call call) {
  record(call);
  auto answered = answer(call);
  if (!answered) calls_.back().error = answered.error().message;
  co_return answered;
}

void DryRunHost::console(vm::ConsoleLevel level, std::string text) { console_.push_back({level, std::move(text)}); }

void DryRunHost::record(const vm::Call& call) {
  api::DryRunCall line{call.method, nullptr, message_id(call), std::nullopt};
  const auto* data = call.arguments.if_contains("data");
  if (data != nullptr && data->is_object()) {
    const auto size = json::serialize(*data).size();
    if (recorded_ + size <= max_recorded) {
      recorded_ += size;
      line.data = *data;
    }
  }
  calls_.push_back(std::move(line));
}

DryRunHost::Answer DryRunHost::answer(const vm::Call& call) {
  switch (call.method) {
    case Method::reply:
    case Method::update:
    case Method::defer_reply:
    case Method::defer_update:
      if (acknowledged_) return already_acknowledged();
      return first_response(call);
    case Method::edit_reply:
    case Method::follow_up:
    case Method::delete_reply:
    case Method::fetch_reply: break;
  }
  if (!acknowledged_) return unknown_webhook();
  return later_response(call);
}

base::Result<json::object> DryRunHost::message_of(const vm::Call& call) {
  auto parts = parts_of(call);
  if (!parts) return parts;
  auto& recorded = calls_.back().data;
  if (!recorded.is_null()) recorded = *parts;
  return parts;
}

DryRunHost::Answer DryRunHost::first_response(const vm::Call& call) {
  json::object parts = thinking(call);
  if (has_message(call.method)) {
    auto message = message_of(call);
    if (!message) return message.error();
    parts = std::move(*message);
  }
  acknowledged_ = true;
  if (call.method == Method::defer_update || call.method == Method::update) {
    original_ = used_;
    if (call.method == Method::defer_update) return nullptr;
    interaction_.edit(messages_.at(used_), parts);
    return messages_.at(used_);
  }
  auto message = interaction_.message(parts);
  original_ = std::string(message.at("id").as_string());
  return messages_.emplace(*original_, std::move(message)).first->second;
}

DryRunHost::Answer DryRunHost::later_response(const vm::Call& call) {
  json::object parts;
  if (has_message(call.method)) {
    auto message = message_of(call);
    if (!message) return message.error();
    parts = std::move(*message);
  }
  if (call.method == Method::follow_up) return follow_up(parts);
  auto* const message = find(call);
  if (message == nullptr) return unknown_message();
  if (call.method == Method::fetch_reply) return *message;
  if (call.method == Method::delete_reply) {
    messages_.erase(std::string(message->at("id").as_string()));
    return nullptr;
  }
  (*message)["flags"] = flags_of(*message) & ~loading;
  interaction_.edit(*message, parts);
  return *message;
}

DryRunHost::Answer DryRunHost::follow_up(const json::object& parts) {
  // The first one after a deferred reply is that reply (Discord: interactions/receiving-and-responding).
  const auto original = messages_.find(*original_);
  if (original != messages_.end() && is_loading(original->second)) {
    original->second["flags"] = flags_of(original->second) & ~loading;
    interaction_.edit(original->second, parts);
    return original->second;
  }
  auto message = interaction_.message(parts);
  std::string id(message.at("id").as_string());
  return messages_.emplace(std::move(id), std::move(message)).first->second;
}

json::object* DryRunHost::find(const vm::Call& call) {
  const auto id = message_id(call).value_or(*original_);
  // The message of the component is the original response only if the script has made it so.
  if (id == used_ && original_ != used_) return nullptr;
  const auto found = messages_.find(id);
  return found == messages_.end() ? nullptr : &found->second;
}

}  // namespace guildhall::server
