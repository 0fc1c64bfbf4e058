#include "discord/interaction/interaction_response.hpp"

#include <boost/json/array.hpp>
#include <string>
#include <utility>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace json = boost::json;
namespace {

using Method = InteractionMethod;
using Request = InteractionResponse::Request;
using Kind = Request::Kind;

base::Error already_replied() {
  return {base::Errc::conflict, "The reply to this interaction has already been sent or deferred."};
}

base::Error not_replied() {
  return {base::Errc::conflict, "The reply to this interaction has not been sent or deferred."};
}

void keep_flags(json::object& message, std::int64_t kept) {
  const auto flags = flags_of(message) & kept;
  message.erase("flags");
  if (flags != 0) message["flags"] = flags;
}

/// An edit cannot make a message silent or ephemeral.
json::object as_edit(json::object message) {
  keep_flags(message, suppress_embeds_flag);
  message.erase("tts");
  return message;
}

/// The message that `edit` makes where there was none: a null has nothing to remove.
json::object as_message(const json::object& edit, std::int64_t flags) {
  json::object message;
  for (const auto& [key, value] : edit) {
    if (!value.is_null()) message.emplace(key, value);
  }
  flags |= flags_of(edit);
  message.erase("flags");
  if (flags != 0) message["flags"] = flags;
  return message;
}

Request callback(CallbackType type, json::object data) {
  Request request{Kind::callback};
  request.type = type;
  request.data = std::move(data);
  return request;
}

Request message_request(Kind kind, std::optional<MessageId> message, json::object data = {}) {
  Request request{kind};
  request.message = message;
  request.data = std::move(data);
  return request;
}

bool is_first(Method method) {
  return method == Method::reply || method == Method::update || method == Method::defer_reply ||
         method == Method::defer_update;
}

}  // namespace

base::Result<Request> InteractionResponse::call(Call call) {
  if (is_first(call.method)) {
    if (first_ != First::none) return already_replied();
    auto request = deferred_ ? first_response_after_deferral(std::move(call)) : first_response(std::move(call));
    request.is_first_response = true;
    return request;
  }
  if (first_ == First::none) return not_replied();
  switch (call.method) {
    case Method::follow_up: return message_request(Kind::follow_up, {}, std::move(call.data));
    case Method::delete_reply: return on_reply(Kind::remove, std::move(call));
    case Method::fetch_reply: return on_reply(Kind::fetch, std::move(call));
    default: return on_reply(Kind::edit, std::move(call));
  }
}

Request InteractionResponse::first_response(Call call) {
  Request request;
  switch (call.method) {
    case Method::reply:
      first_ = First::reply;
      request = callback(CallbackType::channel_message, std::move(call.data));
      break;
    case Method::update:
      first_ = First::update;
      request = callback(CallbackType::update_message, as_edit(std::move(call.data)));
      break;
    case Method::defer_reply:
      first_ = First::deferred_reply;
      thinking_ = true;
      keep_flags(call.data, ephemeral_flag);
      deferred_flags_ = flags_of(call.data);
      request = callback(CallbackType::deferred_channel_message, std::move(call.data));
      break;
    default: first_ = First::deferred_update; request = callback(CallbackType::deferred_update_message, {});
  }
  request.with_message = call.with_message;
  return request;
}

Request InteractionResponse::first_response_after_deferral(Call call) {
  Request request;
  switch (call.method) {
    case Method::reply:
      first_ = First::reply;
      request = message_request(Kind::follow_up, {}, std::move(call.data));
      request.makes_reply = true;
      break;
    case Method::update:
      first_ = First::update;
      request = message_request(Kind::edit, {}, as_edit(std::move(call.data)));
      break;
    case Method::defer_reply:
      first_ = First::deferred_reply;
      deferred_flags_ = flags_of(call.data) & ephemeral_flag;
      break;
    default:
      first_ = First::deferred_update;
      if (call.with_message) request = message_request(Kind::fetch, {});
  }
  return request;
}

base::Result<Request> InteractionResponse::on_reply(Kind kind, Call call) {
  const bool edit = kind == Kind::edit;
  auto data = edit ? as_edit(call.data) : json::object();
  if (call.message) return message_request(kind, call.message, std::move(data));
  if (!deferred_ || first_ == First::update || first_ == First::deferred_update) {
    return message_request(kind, {}, std::move(data));
  }
  if (reply_) return message_request(kind, reply_, std::move(data));
  // The caller has deferred its reply; Discord only knows of our own deferral.
  if (kind == Kind::remove) return Request{};
  if (!edit) return base::Error{base::Errc::not_found, "There is no reply yet."};
  auto request = message_request(Kind::follow_up, {}, as_message(call.data, deferred_flags_));
  request.makes_reply = true;
  return request;
}

void InteractionResponse::succeeded(const Request& request, const json::value& message) {
  const auto* const created = message.if_object();
  if (request.makes_reply && created != nullptr) reply_ = id_field<MessageId>(*created, "id");
  // The first follow-up replaces "thinking" (Discord: Create Followup Message).
  const bool settles = request.kind == Kind::edit || request.kind == Kind::remove;
  if (request.kind == Kind::follow_up || (settles && !request.message)) thinking_ = false;
}

void InteractionResponse::failed(const Request& request) {
  if (request.is_first_response) {
    first_ = First::none;
    thinking_ = false;
  } else if (request.kind == Kind::callback) {
    deferred_ = false;
  }
}

std::optional<Request> InteractionResponse::defer() {
  if (responded()) return std::nullopt;
  deferred_ = true;
  return callback(CallbackType::deferred_update_message, {});
}

std::vector<Request> InteractionResponse::notify_user(std::string_view sentence) {
  auto message = ephemeral_message(sentence);
  std::vector<Request> requests;
  if (!responded()) {
    deferred_ = true;
    requests.push_back(callback(CallbackType::channel_message, std::move(message)));
  } else if (thinking_ && (deferred_flags_ & ephemeral_flag) != 0) {
    requests.push_back(message_request(Kind::edit, {}, as_edit(std::move(message))));
  } else {
    // The "thinking" message is public, so it cannot hold the sentence.
    if (thinking_) requests.push_back(message_request(Kind::remove, {}));
    requests.push_back(message_request(Kind::follow_up, {}, std::move(message)));
  }
  return requests;
}

}  // namespace guildhall::discord
