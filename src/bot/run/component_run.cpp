#include "bot/run/component_run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "api/script_message.hpp"
#include "discord/rest/discord_api.hpp"
#include "discord/rest/errors.hpp"

namespace guildhall::bot {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Kind = InteractionAnswer::Request::Kind;
using vm::Method;

/// For a request under way when something else is to be said: about as long as Discord waits for an answer.
constexpr std::chrono::seconds request_limit{3};

bool is_set(const json::object& arguments, std::string_view name) {
  const auto* const value = arguments.if_contains(name);
  return value != nullptr && *value == true;
}

base::Error not_an_id() { return base::invalid("/message", "The message's id must be an id of Discord."); }

/// How it is deferred: `flags` alone.
base::Result<json::object> deferral(const json::value& data) {
  json::object kept;
  const auto* const parts = data.if_object();
  const auto* const flags = parts == nullptr ? nullptr : parts->if_contains("flags");
  if (flags == nullptr || flags->is_null()) return kept;
  if (!flags->is_int64()) return base::invalid("/flags", "Must be an integer.");
  kept["flags"] = *flags;
  return kept;
}

/// Counts what is under way, however that ends.
class UnderWay {
 public:
  UnderWay(unsigned& count, asio::steady_timer& ended) : count_(count), ended_(ended) { ++count_; }
  ~UnderWay() {
    --count_;
    ended_.cancel();
  }
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

 private:
  unsigned& count_;
  asio::steady_timer& ended_;
};

}  // namespace

ComponentRun::ComponentRun(Parts parts) : parts_(std::move(parts)), deferral_(parts_.home), sent_(parts_.home) {}

net::Task<base::Result<json::value>> ComponentRun::call(vm::Call call) {
  auto waiting = wait_for_requests();
  co_await std::move(waiting);
  if (ended_) co_return base::Error{base::Errc::unavailable, "The script has ended."};
  auto said = read(std::move(call));
  if (!said) co_return api::as_discord_refuses(said.error());
  auto request = answer_.say(std::move(*said));
  if (!request) co_return request.error();
  const bool first = request->first;
  auto sending = send(std::move(*request));
  auto answered = co_await std::move(sending);
  if (!answered && first && due_ && !ended_) {
    auto deferring = defer();
    co_await std::move(deferring);
  }
  co_return answered;
}

base::Result<InteractionAnswer::Said> ComponentRun::read(vm::Call call) const {
  InteractionAnswer::Said said;
  said.method = call.method;
  said.with_message = is_set(call.arguments, "withResponse") || is_set(call.arguments, "fetchReply");
  if (const auto* const message = call.arguments.if_contains("message"); message != nullptr && !message->is_null()) {
    const auto* const id = message->if_string();
    if (id == nullptr) return not_an_id();
    said.message = discord::MessageId::parse(*id);
    if (!said.message && *id != "@original") return not_an_id();
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
  said.data = std::move(*written);
  return said;
}

void ComponentRun::defer_after(std::chrono::milliseconds time) {
  asio::co_spawn(parts_.home, defer_later(shared_from_this(), time), asio::detached);
}

net::Task<> ComponentRun::defer_later(std::shared_ptr<ComponentRun> self, std::chrono::milliseconds time) {
  self->deferral_.expires_after(time);
  boost::system::error_code cancelled;
  co_await self->deferral_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  if (self->ended_) co_return;
  self->due_ = true;
  auto deferring = self->defer();
  co_await std::move(deferring);
}

net::Task<base::Result<void>> ComponentRun::defer() {
  auto request = answer_.defer();
  if (!request) co_return base::Result<void>{};
  if (!ended_) ++parts_.counters.components_deferred;
  auto sending = send(std::move(*request));
  const auto sent = co_await std::move(sending);
  if (!sent) co_return sent.error();
  co_return base::Result<void>{};
}

net::Task<> ComponentRun::end() {
  ended_ = true;
  deferral_.cancel();
  return wait_for_requests();
}

net::Task<> ComponentRun::wait_for_requests() {
  const auto deadline = std::chrono::steady_clock::now() + request_limit;
  while (sending_ > 0 && std::chrono::steady_clock::now() < deadline) {
    sent_.expires_at(deadline);
    boost::system::error_code cancelled;
    co_await sent_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
}

net::Task<base::Result<void>> ComponentRun::acknowledge() {
  auto ending = end();
  co_await std::move(ending);
  if (too_late_) co_return base::Result<void>{};
  auto acknowledging = defer();
  co_return co_await std::move(acknowledging);
}

net::Task<base::Result<void>> ComponentRun::tell(std::string sentence) {
  auto ending = end();
  co_await std::move(ending);
  if (too_late_) co_return base::Result<void>{};
  auto requests = answer_.tell(sentence);
  for (auto& request : requests) {
    auto sending = send(std::move(request));
    const auto sent = co_await std::move(sending);
    if (!sent) co_return sent.error();
  }
  co_return base::Result<void>{};
}

net::Task<base::Result<json::value>> ComponentRun::send(Request request) {
  // Whoever waits for the answer may give up; this then counts as sent.
  const auto self = shared_from_this();
  const UnderWay under_way(sending_, sent_);
  auto asking = ask(request);
  auto answered = co_await std::move(asking);
  if (!answered) {
    const auto code = discord::discord_code(answered.error());
    too_late_ |= request.kind == Kind::callback && (code == discord::ErrorCode::unknown_interaction ||
                                                    code == discord::ErrorCode::interaction_already_acknowledged);
    answer_.failed(request);
    co_return answered;
  }
  answer_.succeeded(request, *answered);
  if (request.kind == Kind::callback) parts_.responded();
  if (auto* const message = answered->if_object()) parts_.messages.read_message(*message);
  co_return answered;
}

net::Task<base::Result<json::value>> ComponentRun::ask(const Request& request) {
  auto& api = parts_.api;
  base::Result<json::value> answer = json::value();
  if (request.kind == Kind::none) co_return answer;
  if (request.kind == Kind::callback && !request.with_message) {
    json::object response{{"type", request.type}};
    if (!request.data.empty()) response["data"] = request.data;
    auto responding = api.respond_to_interaction(parts_.interaction, parts_.token, std::move(response));
    const auto responded = co_await std::move(responding);
    if (!responded) answer = responded.error();
    co_return answer;
  }
  if (request.kind == Kind::remove) {
    auto removing = api.delete_interaction_response(parts_.application, parts_.token, request.message);
    const auto removed = co_await std::move(removing);
    if (!removed) answer = removed.error();
    co_return answer;
  }
  auto asking = ask_for_message(request);
  auto message = co_await std::move(asking);
  if (!message) co_return message.error();
  if (!message->empty()) answer = std::move(*message);
  co_return answer;
}

net::Task<base::Result<json::object>> ComponentRun::ask_for_message(const Request& request) {
  auto& api = parts_.api;
  switch (request.kind) {
    case Kind::edit:
      return api.edit_interaction_response(parts_.application, parts_.token, request.data, request.message);
    case Kind::follow_up: return api.follow_up(parts_.application, parts_.token, request.data);
    case Kind::fetch: return api.interaction_message(parts_.application, parts_.token, request.message);
    default: break;
  }
  json::object response{{"type", request.type}};
  if (!request.data.empty()) response["data"] = request.data;
  return api.respond_with_message(parts_.interaction, parts_.token, std::move(response));
}

}  // namespace guildhall::bot
