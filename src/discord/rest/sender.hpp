#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/rest/authorization.hpp"
#include "discord/rest/counters.hpp"
#include "discord/rest/error_code.hpp"
#include "discord/rest/gate.hpp"
#include "discord/rest/options.hpp"
#include "discord/rest/routes.hpp"
#include "net/http_client.hpp"

namespace guildhall::discord {

/// A request to Discord's REST API, and how it is to be treated.
struct RestCall {
  Route route = Route::current_user;
  std::string target;       ///< Path and query below the API's URL.
  std::uint64_t major = 0;  ///< As of Lane.
  std::optional<Authorization> authorization;
  std::string body;    ///< JSON; empty for none.
  std::string reason;  ///< For the audit log, UTF-8; empty for none.
  std::chrono::milliseconds patience{0};
  /// Whether it may be sent again when nobody knows whether Discord has acted on it.
  enum class Repeat : std::uint8_t { never, safe };
  Repeat repeat = Repeat::never;
  /// What Discord says to a repetition when an attempt before has had its effect; that is success then.
  ErrorCode done_before = ErrorCode::none;
};

/// Sends requests to Discord: waits for rate limits, repeats what failed, stops where Discord would ban us.
class Sender : public std::enable_shared_from_this<Sender> {
 public:
  struct Answer {
    boost::json::value body;
    std::chrono::milliseconds waited{0};  ///< For rate limits and between attempts.
  };

  /// `http` outlives the sender.
  Sender(net::HttpClient& http, std::string api_url, net::Executor home, base::Log log, RestOptions options);

  /// Any event loop may call. Errors as of RestClient.
  [[nodiscard]] net::Task<base::Result<Answer>> send(RestCall call);

  /// As of RestClient.
  [[nodiscard]] net::Task<> close();
  [[nodiscard]] RestStats stats() const { return counters_.snapshot(); }

 private:
  static net::Task<base::Result<Answer>> attempt(std::shared_ptr<Sender> self, RestCall call);
  static net::Task<> close_gate(std::shared_ptr<Sender> self);
  [[nodiscard]] net::ClientRequest request_of(const RestCall& call) const;
  void not_accepted(const RestCall& call, std::uint64_t account);
  [[nodiscard]] std::chrono::milliseconds pause_after(unsigned failures, const base::Error& failure);

  net::HttpClient& http_;
  const std::string api_url_;
  const net::Executor home_;
  const base::Log log_;
  const RestOptions options_;
  RestCounters counters_;
  std::shared_ptr<Gate> gate_;
  std::minstd_rand random_;
  bool bot_refused_ = false;
};

/// How long to wait after so many failures: twice as long each time, and of that a part between the half and all.
/// `chance` is from 0 to 1.
[[nodiscard]] std::chrono::milliseconds backoff(const RestOptions& options, unsigned failures, double chance);

}  // namespace guildhall::discord
