#include "bot/run/interaction_answer.hpp"

#include <boost/json/array.hpp>
#include <string>
#include <utility>

#include "discord/model/fields.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

using Request = InteractionAnswer::Request;
using Kind = Request::Kind;
using vm::Method;

// Interaction Callback Types
constexpr int channel_message = 4;
constexpr int deferred_channel_message = 5;
constexpr int deferred_update = 6;
constexpr int update_message = 7;
// Message Flags
constexpr std::int64_t suppress_embeds = 4;
constexpr std::int64_t ephemeral = 64;

base::Error has_been_answered() {
  return {base::Errc::conflict, "The reply to this interaction has already been sent or deferred."};
}

base::Error has_not_been_answered() {
  return {base::Errc::conflict, "The reply to this interaction has not been sent or deferred."};
}

std::int64_t flags_of(const json::object& message) {
  const auto* const flags = message.if_contains("flags");
  return flags != nullptr && flags->is_int64() ? flags->get_int64() : 0;
}

void keep_flags(json::object& message, std::int64_t wanted) {
  const auto flags = flags_of(message) & wanted;
  message.erase("flags");
  if (flags != 0) message["flags"] = flags;
}

/// Of an edit: a message is silent or ephemeral from its beginning.
json::object as_edit(json::object message) {
  keep_flags(message, suppress_embeds);
  message.erase("tts");
  return message;
}

/// An edit that makes a message: nothing is there to be taken away.
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

Request callback(int type, json::object data) {
  Request request{Kind::callback};
  request.type = type;
  request.data = std::move(data);
  return request;
}

Request message_request(Kind kind, std::optional<discord::MessageId> message, json::object data = {}) {
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

base::Result<Request> InteractionAnswer::say(Said said) {
  if (is_first(said.method)) {
    if (first_ != First::none) return has_been_answered();
    auto request = deferred_ ? first_response_after_deferral(std::move(said)) : first_response(std::move(said));
    request.first = true;
    return request;
  }
  if (first_ == First::none) return has_not_been_answered();
  switch (said.method) {
    case Method::follow_up: return message_request(Kind::follow_up, {}, std::move(said.data));
    case Method::delete_reply: return about_reply(Kind::remove, std::move(said));
    case Method::fetch_reply: return about_reply(Kind::fetch, std::move(said));
    default: return about_reply(Kind::edit, std::move(said));
  }
}

Request InteractionAnswer::first_response(Said said) {
  Request request;
  switch (said.method) {
    case Method::reply:
      first_ = First::reply;
      request = callback(channel_message, std::move(said.data));
      break;
    case Method::update:
      first_ = First::update;
      request = callback(update_message, as_edit(std::move(said.data)));
      break;
    case Method::defer_reply:
      first_ = First::deferred_reply;
      thinking_ = true;
      keep_flags(said.data, ephemeral);
      deferred_flags_ = flags_of(said.data);
      request = callback(deferred_channel_message, std::move(said.data));
      break;
    default: first_ = First::deferred_update; request = callback(deferred_update, {});
  }
  request.with_message = said.with_message;
  return request;
}

Request InteractionAnswer::first_response_after_deferral(Said said) {
  Request request;
  switch (said.method) {
    case Method::reply:
      first_ = First::reply;
      request = message_request(Kind::follow_up, {}, std::move(said.data));
      request.stands_for_reply = true;
      break;
    case Method::update:
      first_ = First::update;
      request = message_request(Kind::edit, {}, as_edit(std::move(said.data)));
      break;
    case Method::defer_reply:
      first_ = First::deferred_reply;
      deferred_flags_ = flags_of(said.data) & ephemeral;
      break;
    default:
      first_ = First::deferred_update;
      if (said.with_message) request = message_request(Kind::fetch, {});
  }
  return request;
}

base::Result<Request> InteractionAnswer::about_reply(Kind kind, Said said) {
  const bool edit = kind == Kind::edit;
  auto data = edit ? as_edit(said.data) : json::object();
  if (said.message) return message_request(kind, said.message, std::move(data));
  if (!deferred_ || first_ == First::update || first_ == First::deferred_update) {
    return message_request(kind, {}, std::move(data));
  }
  if (reply_) return message_request(kind, reply_, std::move(data));
  // The script has deferred its reply, and Discord has heard nothing of it.
  if (kind == Kind::remove) return Request{};
  if (!edit) return base::Error{base::Errc::not_found, "There is no reply yet."};
  auto request = message_request(Kind::follow_up, {}, as_message(said.data, deferred_flags_));
  request.stands_for_reply = true;
  return request;
}

void InteractionAnswer::succeeded(const Request& request, const json::value& message) {
  const auto* const made = message.if_object();
  if (request.stands_for_reply && made != nullptr) reply_ = discord::id_field<discord::MessageId>(*made, "id");
  // A follow-up takes the place of what was deferred (Discord: Create Followup Message).
  const bool settles = request.kind == Kind::edit || request.kind == Kind::remove;
  if (request.kind == Kind::follow_up || (settles && !request.message)) thinking_ = false;
}

void InteractionAnswer::failed(const Request& request) {
  if (request.first) {
    first_ = First::none;
    thinking_ = false;
  } else if (request.kind == Kind::callback) {
    deferred_ = false;
  }
}

std::optional<Request> InteractionAnswer::defer() {
  if (responded()) return std::nullopt;
  deferred_ = true;
  return callback(deferred_update, {});
}

std::vector<Request> InteractionAnswer::tell(std::string_view sentence) {
  json::object message{
      {"content", sentence}, {"flags", ephemeral}, {"allowed_mentions", json::object{{"parse", json::array{}}}}};
  std::vector<Request> requests;
  if (!responded()) {
    deferred_ = true;
    requests.push_back(callback(channel_message, std::move(message)));
  } else if (thinking_ && (deferred_flags_ & ephemeral) != 0) {
    requests.push_back(message_request(Kind::edit, {}, as_edit(std::move(message))));
  } else {
    // What everybody sees is not the place.
    if (thinking_) requests.push_back(message_request(Kind::remove, {}));
    requests.push_back(message_request(Kind::follow_up, {}, std::move(message)));
  }
  return requests;
}

}  // namespace guildhall::bot
