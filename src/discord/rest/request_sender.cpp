#include "discord/rest/request_sender.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <functional>
#include <utility>

#include "base/utf8.hpp"
#include "discord/rest/rate_limit_headers.hpp"
#include "discord/rest/rate_limiter.hpp"
#include "net/async/backoff.hpp"
#include "net/async/spawn.hpp"
#include "net/form.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;
using Caller = RestRequest::Caller;

/// How long a person's token is not used again after Discord refused it. The bot's never is.
constexpr std::chrono::minutes person_token_refusal{10};
constexpr std::chrono::hours bot_token_refusal{24 * 365 * 100};
/// Characters of an audit log reason (Discord: resources/audit-log).
constexpr std::size_t max_reason = 512;

/// Identifies the authorization in the rate limits' state; zero only without one.
std::uint64_t account_of(const base::Secret& authorization) {
  return authorization.empty() ? 0 : std::hash<std::string_view>{}(authorization.reveal()) | 1U;
}

/// What the request contained is only gathered for an answer that may echo it.
base::Result<boost::json::value> read_answer(const net::ClientResponse& response, const RestRequest& request) {
  return read_response(response, response.status < 400 ? Redaction() : Redaction(request));
}

/// Whether the request's body has changed, so that Discord may accept it.
bool repair_body(const net::ClientResponse& refusal, RestRequest& request) {
  boost::system::error_code absent;
  const auto body = boost::json::parse(refusal.body, absent);
  const auto* const object = body.if_object();
  const auto* const errors = object == nullptr ? nullptr : object->if_contains("errors");
  return errors != nullptr && request.repair(*errors, Redaction(request), request.body);
}

}  // namespace

RequestSender::RequestSender(RestParts parts)
    : parts_(std::move(parts)),
      limiter_(std::make_shared<RateLimiter>(
          parts_.home,
          RateLimits{parts_.options.max_waiting, parts_.options.max_bytes, parts_.options.requests_per_second},
          counters_, parts_.log)) {}

net::Task<base::Result<RequestSender::Response>> RequestSender::send(RestRequest request) {
  return net::run_on(parts_.home, send_at_home(shared_from_this(), std::move(request)));
}

net::Task<> RequestSender::close() { return net::run_on(parts_.home, close_at_home(shared_from_this())); }

net::Task<> RequestSender::close_at_home(std::shared_ptr<RequestSender> self) {
  self->limiter_->close();
  co_return;
}

net::Task<base::Result<RequestSender::Response>> RequestSender::send_at_home(std::shared_ptr<RequestSender> self,
                                                                             RestRequest request) {
  const auto& options = self->parts_.options;
  const auto authorization = self->authorization_of(request);
  if (request.caller == Caller::bot && authorization.empty()) {
    co_return Error{Errc::unauthenticated, "DISCORD_BOT_TOKEN is not set."};
  }
  const RateLimitKey key{account_of(authorization), request.route, request.major};
  const auto patience =
      request.patience.value_or(request.caller == Caller::person ? options.person_patience : options.patience);
  auto acquired = co_await self->limiter_->acquire(key, request.body.size(), patience);
  if (!acquired) co_return acquired.error();
  auto& permit = *acquired;

  net::Backoff backoff({options.first_backoff, options.max_backoff, 2, 0.5});
  std::optional<Error> failure;  // of the last attempt that failed
  unsigned repairs = 0;
  for (;;) {
    const auto response = co_await self->parts_.http.send(self->http_request(request, authorization));
    self->counters_.count_response(request.route, response ? response->status : 0);
    if (response && response->status == 401) self->on_unauthorized(request, key.account);
    std::optional<RateLimitHeaders> limits;
    if (response) limits = read_rate_limit_headers(*response);
    permit.complete(limits);

    auto body = response ? read_answer(*response, request) : base::Result<boost::json::value>(response.error());
    if (body) co_return Response{std::move(*body), permit.waited()};
    const Error& error = body.error();
    if (failure && request.done_already != ErrorCode::none && discord_code(error) == request.done_already) {
      co_return Response{nullptr, permit.waited()};
    }
    std::chrono::milliseconds pause{0};
    const bool repaired = discord_code(error) == ErrorCode::invalid_form_body && request.repair &&
                          repairs < RestRequest::max_repairs && repair_body(*response, request);
    if (repaired) {
      ++repairs;
    } else if (!limits || !limits->limited) {
      const bool temporary = error.code == Errc::unavailable || error.code == Errc::timed_out;
      const bool last = backoff.attempts() + 1 >= options.max_attempts;
      if (!temporary || request.retry == RestRequest::Retry::never || last) co_return error;
      pause = std::max(backoff.next(), error.retry_after);
      failure = error;
      self->counters_.update([](RestStats& stats) { ++stats.retries; });
    }
    const auto permitted = co_await permit.reacquire(pause);
    if (!permitted) co_return failure ? *failure : permitted.error();
  }
}

base::Secret RequestSender::authorization_of(const RestRequest& request) const {
  if (request.caller == Caller::interaction || request.caller == Caller::application) return {};
  const bool bot = request.caller == Caller::bot;
  const auto& token = bot ? parts_.bot_token : request.access_token;
  return token.empty() ? base::Secret() : base::Secret((bot ? "Bot " : "Bearer ") + std::string(token.reveal()));
}

net::ClientRequest RequestSender::http_request(const RestRequest& request, const base::Secret& authorization) const {
  net::ClientRequest http;
  http.method = template_of(request.route).method;
  http.url = parts_.api_url + request.path;
  if (!authorization.empty()) http.headers.add("Authorization", std::string(authorization.reveal()));
  const bool form = request.body_kind == RestRequest::BodyKind::form;
  if (!request.body.empty()) {
    http.headers.add("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json");
  }
  if (!request.reason.empty())
    http.headers.add("X-Audit-Log-Reason", net::encode_component(base::first_code_points(request.reason, max_reason)));
  http.body = request.body;
  return http;
}

void RequestSender::on_unauthorized(const RestRequest& request, std::uint64_t account) {
  if (request.caller == Caller::interaction || request.caller == Caller::application) return;
  if (request.caller == Caller::person) return limiter_->refuse(account, person_token_refusal);
  limiter_->refuse(account, bot_token_refusal);
  if (std::exchange(bot_token_refused_, true)) return;
  parts_.log.error(
      "Discord refused the bot's token. Set DISCORD_BOT_TOKEN to the token on the application's page Bot.");
}

}  // namespace guildhall::discord
