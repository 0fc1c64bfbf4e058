#include "discord/rest/sender.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <utility>

#include "base/utf8.hpp"
#include "discord/rest/answer.hpp"
#include "net/form.hpp"

namespace guildhall::discord {
namespace {

namespace asio = boost::asio;
using base::Errc;
using base::Error;

/// How long a person's token that Discord refused is not used again. That of the bot never is.
constexpr std::chrono::minutes refused_token_memory{10};
constexpr std::chrono::hours forever{24 * 365 * 100};
/// What an audit log takes (Discord: resources/audit-log).
constexpr std::size_t longest_reason = 512;

std::string field_of(const Authorization& authorization) {
  const std::string scheme = authorization.kind == Authorization::Kind::bot ? "Bot " : "Bearer ";
  return scheme + std::string(authorization.token.reveal());
}

/// Stands for the authorization in what is remembered; never zero.
std::uint64_t account_of(const std::optional<Authorization>& authorization) {
  if (!authorization) return 0;
  const std::string field = field_of(*authorization);
  return std::hash<std::string_view>{}(field) | 1U;
}

/// As much of `text` as fits, and is UTF-8.
std::string_view cut_reason(std::string_view text) {
  std::string_view rest = text;
  for (std::size_t taken = 0; taken < longest_reason && base::take_code_point(rest); ++taken) continue;
  return text.substr(0, text.size() - rest.size());
}

bool is_failure(const Error& error) { return error.code == Errc::unavailable || error.code == Errc::timed_out; }

}  // namespace

std::chrono::milliseconds backoff(const RestOptions& options, unsigned failures, double chance) {
  auto pause = options.first_backoff;
  for (unsigned i = 1; i < failures && pause < options.last_backoff; ++i) pause *= 2;
  pause = std::min(pause, options.last_backoff);
  return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(pause.count()) * (1 + chance) / 2));
}

Sender::Sender(net::HttpClient& http, std::string api_url, net::Executor home, base::Log log, RestOptions options)
    : http_(http),
      api_url_(std::move(api_url)),
      home_(std::move(home)),
      log_(std::move(log)),
      options_(options),
      random_(std::random_device{}()) {
  TrafficLimits limits;
  limits.waiting = options.queue_limit;
  limits.bytes = options.queue_bytes_limit;
  limits.global = options.requests_per_second;
  gate_ = std::make_shared<Gate>(home_, limits, counters_, log_);
}

net::Task<base::Result<Sender::Answer>> Sender::send(RestCall call) {
  return asio::co_spawn(home_, attempt(shared_from_this(), std::move(call)), asio::use_awaitable);
}

net::Task<> Sender::close() { return asio::co_spawn(home_, close_gate(shared_from_this()), asio::use_awaitable); }

net::Task<> Sender::close_gate(std::shared_ptr<Sender> self) {
  self->gate_->close();
  co_return;
}

net::Task<base::Result<Sender::Answer>> Sender::attempt(std::shared_ptr<Sender> self, RestCall call) {
  const Lane lane{account_of(call.authorization), call.route, call.major};
  const auto deadline = std::chrono::steady_clock::now() + call.patience;
  Gate::Place place(self->gate_, lane, call.body.size(), deadline);
  std::optional<Error> failure;
  for (unsigned failures = 0;;) {
    const base::Result<void> may_go = co_await place.wait();
    if (!may_go) co_return failure ? *failure : may_go.error();

    net::ClientRequest request = self->request_of(call);
    const base::Result<net::ClientResponse> response = co_await self->http_.send(std::move(request));
    base::Result<boost::json::value> answer = Error{};
    if (response) {
      const RateNews news = read_rate_news(*response);
      self->counters_.answered(call.route, news);
      if (news.status == 401) self->not_accepted(call, lane.account);
      place.answered(news);
      if (news.limited) {
        place.again(std::chrono::milliseconds(0));
        continue;
      }
      answer = read_answer(*response);
    } else {
      self->counters_.lost(call.route);
      place.lost();
      answer = response.error();
    }

    if (answer) co_return Answer{std::move(*answer), place.waited()};
    const Error& error = answer.error();
    if (failure && call.done_before != ErrorCode::none && discord_code(error) == call.done_before) {
      co_return Answer{nullptr, place.waited()};
    }
    ++failures;
    if (!is_failure(error) || call.repeat == RestCall::Repeat::never || failures >= self->options_.attempts) {
      co_return error;
    }
    failure = error;
    self->counters_.retried();
    place.again(self->pause_after(failures, error));
  }
}

net::ClientRequest Sender::request_of(const RestCall& call) const {
  net::ClientRequest request;
  request.method = template_of(call.route).method;
  request.url = api_url_ + call.target;
  if (call.authorization) request.headers.add("Authorization", field_of(*call.authorization));
  if (!call.body.empty()) request.headers.add("Content-Type", "application/json");
  if (!call.reason.empty()) request.headers.add("X-Audit-Log-Reason", net::encode_component(cut_reason(call.reason)));
  request.body = call.body;
  return request;
}

void Sender::not_accepted(const RestCall& call, std::uint64_t account) {
  if (!call.authorization) return;
  if (call.authorization->kind == Authorization::Kind::bearer) return gate_->refuse(account, refused_token_memory);
  gate_->refuse(account, forever);
  if (std::exchange(bot_refused_, true)) return;
  log_.error("Discord does not accept the bot's token; set DISCORD_BOT_TOKEN to the one on the application's page Bot");
}

std::chrono::milliseconds Sender::pause_after(unsigned failures, const Error& failure) {
  const double chance = std::uniform_real_distribution<double>(0, 1)(random_);
  return std::max(backoff(options_, failures, chance), failure.retry_after);
}

}  // namespace guildhall::discord
