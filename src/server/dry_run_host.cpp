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

bool is_loading(const json::object& message) { return (discord::flags_of(message) & discord::loading_flag) != 0; }

/// The flags of a "thinking" message: the script may want that only its person sees it.
json::object deferral(const vm::Call& call) {
  const auto* data = call.arguments.if_contains("data");
  const auto flags = data != nullptr && data->is_object() ? discord::flags_of(data->get_object()) : 0;
  return {{"flags", flags & discord::ephemeral_flag}};
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
  discord::InteractionResponse::Call parsed{call.method};
  parsed.with_message = true;
  if (const auto id = message_id(call); id && *id != "@original") {
    parsed.message = discord::MessageId::parse(*id);
    if (!parsed.message) return unknown_message();
  }
  if (has_message(call.method)) {
    auto message = message_of(call);
    if (!message) return message.error();
    parsed.data = std::move(*message);
  } else if (call.method == Method::defer_reply) {
    parsed.data = deferral(call);
  }
  const auto request = response_.call(std::move(parsed));
  if (!request) return request.error();
  auto answered = execute(*request);
  if (answered) response_.succeeded(*request, *answered);
  return answered;
}

base::Result<json::object> DryRunHost::message_of(const vm::Call& call) {
  auto parts = parts_of(call);
  if (!parts) return parts;
  auto& recorded = calls_.back().data;
  if (!recorded.is_null()) recorded = *parts;
  return parts;
}

DryRunHost::Answer DryRunHost::execute(const Request& request) {
  switch (request.kind) {
    case Request::Kind::none: return nullptr;
    case Request::Kind::callback: return first_response(request.type, request.data);
    case Request::Kind::follow_up: return follow_up(request.data);
    case Request::Kind::edit:
    case Request::Kind::remove:
    case Request::Kind::fetch: break;
  }
  auto* const message = find(request.message);
  if (message == nullptr) return unknown_message();
  if (request.kind == Request::Kind::edit) return edit(*message, request.data);
  if (request.kind == Request::Kind::fetch) return *message;
  messages_.erase(std::string(message->at("id").as_string()));
  return nullptr;
}

DryRunHost::Answer DryRunHost::first_response(discord::CallbackType type, json::object data) {
  switch (type) {
    case discord::CallbackType::update_message: original_ = used_; return edit(messages_.at(used_), data);
    case discord::CallbackType::deferred_update_message: original_ = used_; return nullptr;
    case discord::CallbackType::deferred_channel_message:
      data["flags"] = discord::flags_of(data) | discord::loading_flag;
      break;
    case discord::CallbackType::channel_message: break;
  }
  const auto& message = add(data);
  original_ = std::string(message.at("id").as_string());
  return message;
}

DryRunHost::Answer DryRunHost::follow_up(const json::object& data) {
  // The first one after a deferred reply is that reply (Discord: interactions/receiving-and-responding).
  const auto original = messages_.find(original_);
  if (original != messages_.end() && is_loading(original->second)) return edit(original->second, data);
  return add(data);
}

const json::object& DryRunHost::add(const json::object& data) {
  auto message = interaction_.message(data);
  std::string id(message.at("id").as_string());
  return messages_.emplace(std::move(id), std::move(message)).first->second;
}

const json::object& DryRunHost::edit(json::object& message, const json::object& data) {
  message["flags"] = discord::flags_of(message) & ~discord::loading_flag;
  interaction_.edit(message, data);
  return message;
}

json::object* DryRunHost::find(std::optional<discord::MessageId> message) {
  const auto id = message ? message->to_string() : original_;
  // The message of the component is the original response only if the script has made it so.
  if (id == used_ && original_ != used_) return nullptr;
  const auto found = messages_.find(id);
  return found == messages_.end() ? nullptr : &found->second;
}

}  // namespace guildhall::server
