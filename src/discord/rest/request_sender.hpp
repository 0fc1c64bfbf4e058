#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/log.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "discord/rest/errors.hpp"
#include "discord/rest/routes.hpp"
#include "discord/rest/stats.hpp"
#include "net/http_client.hpp"

namespace guildhall::discord {

class RateLimiter;

struct RestOptions {
  /// How long a request may wait for rate limits and between its attempts, unless the caller says otherwise.
  std::chrono::milliseconds patience{std::chrono::minutes(5)};
  /// The same when a person waits for the answer.
  std::chrono::milliseconds person_patience{2000};
  /// The same for the response to an interaction, which is useless later (Discord:
  /// interactions/receiving-and-responding).
  std::chrono::milliseconds interaction_patience{3000};
  /// The same for requests of the gateway, which says why it waits and asks again by itself.
  std::chrono::milliseconds gateway_patience{5000};
  /// Discord's global limit of the bot (topics/rate-limits); Discord raises it for large bots.
  std::size_t requests_per_second = 50;
  unsigned max_attempts = 5;                     ///< Of a request that fails; an answer 429 does not count.
  std::chrono::milliseconds first_backoff{250};  ///< After the first failure; doubled after each further one.
  std::chrono::milliseconds max_backoff{8000};
  std::size_t max_waiting = 5000;            ///< Requests that wait; one more is refused.
  std::size_t max_bytes = 16 * 1024 * 1024;  ///< Memory for the bodies of all requests.
};

struct RestParts {
  net::HttpClient& http;  ///< Outlives the client.
  std::string api_url;    ///< Without trailing slash, as `https://discord.com/api/v10`.
  net::Executor home;     ///< One event loop, not a pool of threads.
  base::Log log;
  base::Secret bot_token;  ///< May be empty: calls as the bot then fail with Errc::unauthenticated.
  RestOptions options{};
};

/// A request to Discord's REST API, and how to treat it.
struct RestRequest {
  /// `application`: its credentials are in the body.
  enum class Caller : std::uint8_t { bot, person, interaction, application };
  enum class Retry : std::uint8_t { never, safe };
  enum class BodyKind : std::uint8_t { json, form };

  Route route = Route::current_user;
  std::string path{};       ///< With the query, relative to the API's URL.
  std::uint64_t major = 0;  ///< As in RateLimitKey.
  Caller caller = Caller::bot;
  base::Secret access_token{};  ///< Of a person.
  std::string body{};           ///< Empty for none.
  BodyKind body_kind = BodyKind::json;
  std::string reason{};  ///< For the audit log, UTF-8; empty for none.
  std::optional<std::chrono::milliseconds> patience{};
  /// Whether it may be sent again when it is unknown whether Discord has processed it.
  Retry retry = Retry::safe;
  /// Discord's error for a retry whose earlier attempt took effect; that counts as success.
  ErrorCode done_already = ErrorCode::none;
  /// Called when Discord refuses the form (50035), with what it says of the fields: changes the body so that Discord
  /// may accept it, or returns false. At most `max_repairs` times.
  std::function<bool(const boost::json::value& errors, const Redaction& redaction, std::string& body)> repair{};

  static constexpr unsigned max_repairs = 3;
};

/// Sends requests to Discord: waits for rate limits, retries failed attempts, and stops before Discord bans us.
class RequestSender : public std::enable_shared_from_this<RequestSender> {
 public:
  struct Response {
    boost::json::value body;
    std::chrono::milliseconds waited{0};  ///< For rate limits and between attempts.
  };

  explicit RequestSender(RestParts parts);

  /// Any event loop may call. Errors are those of RestClient.
  [[nodiscard]] net::Task<base::Result<Response>> send(RestRequest request);

  /// As RestClient::close.
  [[nodiscard]] net::Task<> close();
  [[nodiscard]] RestStats stats() const { return counters_.snapshot(); }

 private:
  // These run on the home loop.
  static net::Task<base::Result<Response>> send_at_home(std::shared_ptr<RequestSender> self, RestRequest request);
  static net::Task<> close_at_home(std::shared_ptr<RequestSender> self);
  [[nodiscard]] base::Secret authorization_of(const RestRequest& request) const;
  [[nodiscard]] net::ClientRequest http_request(const RestRequest& request, const base::Secret& authorization) const;
  void on_unauthorized(const RestRequest& request, std::uint64_t account);

  const RestParts parts_;
  RestCounters counters_;
  const std::shared_ptr<RateLimiter> limiter_;
  bool bot_token_refused_ = false;
};

}  // namespace guildhall::discord
