#include "bot/run/component_run.hpp"

#include <utility>

#include "api/script_message.hpp"
#include "discord/rest/discord_api.hpp"
#include "discord/rest/errors.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using Kind = discord::InteractionResponse::Request::Kind;
using vm::Method;

/// How long a call waits for an earlier request: as long as Discord waits for a response.
constexpr std::chrono::seconds request_timeout{3};

bool is_set(const json::object& arguments, std::string_view name) {
  const auto* const value = arguments.if_contains(name);
  return value != nullptr && *value == true;
}

base::Error not_an_id() { return base::invalid("/message", "Must be the id of a message."); }

/// The data of a deferral: `flags` alone.
base::Result<json::object> deferral(const json::value& data) {
  json::object kept;
  const auto* const parts = data.if_object();
  const auto* const flags = parts == nullptr ? nullptr : parts->if_contains("flags");
  if (flags == nullptr || flags->is_null()) return kept;
  if (!flags->is_int64()) return base::invalid("/flags", "Must be an integer.");
  kept["flags"] = *flags;
  return kept;
}

}  // namespace

net::Task<base::Result<json::value>> ComponentRun::call(vm::Call call) {
  co_await requests_.drain(request_timeout);
  if (ended_.is_set()) co_return base::Error{base::Errc::unavailable, "The script has ended."};
  auto parsed = parse(std::move(call));
  if (!parsed) co_return api::as_discord_refuses(parsed.error());
  auto request = response_.call(std::move(*parsed));
  if (!request) co_return request.error();
  const bool is_first_response = request->is_first_response;
  auto result = co_await send(std::move(*request));
  // Not awaited: if Discord does not answer this either, the script would run out of time before it can handle the
  // error.
  if (!result && is_first_response && is_due_) defer_after(std::chrono::milliseconds(0));
  if (result) co_return result;
  auto error = result.error();
  error.message = discord::public_message(error);
  co_return error;
}

base::Result<discord::InteractionResponse::Call> ComponentRun::parse(vm::Call call) const {
  discord::InteractionResponse::Call parsed;
  parsed.method = call.method;
  parsed.with_message = is_set(call.arguments, "withResponse") || is_set(call.arguments, "fetchReply");
  if (const auto* const message = call.arguments.if_contains("message"); message != nullptr && !message->is_null()) {
    const auto* const id = message->if_string();
    if (id == nullptr) return not_an_id();
    parsed.message = discord::MessageId::parse(*id);
    if (!parsed.message && *id != "@original") return not_an_id();
  }
  auto* const given = call.arguments.if_contains("data");
  auto data = given == nullptr ? json::value() : std::move(*given);
  auto origin = parts_.origin;
  origin.now = parts_.clock.now();
  base::Result<json::object> written = json::object();
  switch (call.method) {
    case Method::reply:
    case Method::follow_up: written = parts_.messages.write_message(std::move(data), origin); break;
    case Method::update:
    case Method::edit_reply: written = parts_.messages.write_edit(std::move(data), origin); break;
    case Method::defer_reply: written = deferral(data); break;
    case Method::defer_update:
    case Method::delete_reply:
    case Method::fetch_reply: break;
  }
  if (!written) return written.error();
  parsed.data = std::move(*written);
  return parsed;
}

void ComponentRun::defer_after(std::chrono::milliseconds time) {
  net::spawn(parts_.home, defer_later(shared_from_this(), time));
}

net::Task<> ComponentRun::defer_later(std::shared_ptr<ComponentRun> self, std::chrono::milliseconds time) {
  const bool ended = co_await self->ended_.wait_for(time);
  if (ended) co_return;
  self->is_due_ = true;
  // `call` reports a failure of the script's own response; one of the deferral changes nothing.
  [[maybe_unused]] const auto deferred = co_await self->defer();
}

net::Task<base::Result<void>> ComponentRun::defer() {
  auto request = response_.defer();
  if (!request) co_return base::Result<void>{};
  if (!ended_.is_set()) ++parts_.counters.components_deferred;
  const auto sent = co_await send(std::move(*request));
  if (!sent) co_return sent.error();
  co_return base::Result<void>{};
}

net::Task<> ComponentRun::end() {
  ended_.set();
  co_await requests_.drain(request_timeout);
}

net::Task<base::Result<void>> ComponentRun::acknowledge() {
  co_await end();
  if (too_late_) co_return base::Result<void>{};
  co_return co_await defer();
}

net::Task<base::Result<void>> ComponentRun::notify_user(std::string sentence) {
  co_await end();
  if (too_late_) co_return base::Result<void>{};
  for (auto& request : response_.notify_user(sentence)) {
    const auto sent = co_await send(std::move(request));
    if (!sent) co_return sent.error();
  }
  co_return base::Result<void>{};
}

net::Task<base::Result<json::value>> ComponentRun::send(Request request) {
  // The caller may stop waiting; the request then still counts as sent.
  const auto self = shared_from_this();
  const auto in_flight = requests_.enter();
  auto result = co_await execute(request);
  if (!result) {
    const auto code = discord::discord_code(result.error());
    too_late_ |= request.kind == Kind::callback && (code == discord::ErrorCode::unknown_interaction ||
                                                    code == discord::ErrorCode::interaction_already_acknowledged);
    response_.failed(request);
    co_return result;
  }
  response_.succeeded(request, *result);
  if (request.kind == Kind::callback) parts_.on_response();
  if (auto* const message = result->if_object()) parts_.messages.read_message(*message);
  co_return result;
}

/// A message where Discord returns one, else null.
net::Task<base::Result<json::value>> ComponentRun::execute(const Request& request) {
  auto& api = parts_.api;
  if (request.kind == Kind::none) co_return json::value();
  if (request.kind == Kind::callback && !request.with_message) {
    auto body = discord::callback_body(request.type, request.data);
    const auto responded =
        co_await api.respond_to_interaction(parts_.interaction, parts_.token, std::move(body), &left_out_);
    if (!responded) co_return responded.error();
    co_return json::value();
  }
  if (request.kind == Kind::remove) {
    const auto removed = co_await api.delete_interaction_response(parts_.application, parts_.token, request.message);
    if (!removed) co_return removed.error();
    co_return json::value();
  }
  auto message = co_await execute_for_message(request);
  if (!message) co_return message.error();
  co_return message->empty() ? json::value() : json::value(std::move(*message));
}

net::Task<base::Result<json::object>> ComponentRun::execute_for_message(const Request& request) {
  auto& api = parts_.api;
  switch (request.kind) {
    case Kind::edit:
      return api.edit_interaction_response(parts_.application, parts_.token, request.data, request.message, &left_out_);
    case Kind::follow_up: return api.follow_up(parts_.application, parts_.token, request.data, &left_out_);
    case Kind::fetch: return api.interaction_message(parts_.application, parts_.token, request.message);
    default:
      return api.respond_with_message(parts_.interaction, parts_.token,
                                      discord::callback_body(request.type, request.data), &left_out_);
  }
}

}  // namespace guildhall::bot
