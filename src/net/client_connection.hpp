#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "net/http_client.hpp"
#include "net/upgrade.hpp"
#include "net/url.hpp"

namespace guildhall::net {

/// How far a failed exchange got, which decides whether it may be tried again.
enum class Progress { nothing_written, written };

struct ExchangeFailure {
  base::Error error;
  Progress progress = Progress::nothing_written;
};

/// One connection of the HTTP client, used for one exchange at a time on one executor.
class ClientConnection {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  ClientConnection(const Executor& executor, Url url);
  ~ClientConnection();

  /// Resolves, connects and, for https, shakes hands and verifies the certificate against the URL's host.
  [[nodiscard]] Task<base::Result<void>> connect(Deadline deadline);

  /// Sends `request` for `target` and reads the whole answer.
  [[nodiscard]] Task<boost::system::result<ClientResponse, ExchangeFailure>> exchange(const ClientRequest& request,
                                                                                      std::string_view target,
                                                                                      const HttpClientOptions& options,
                                                                                      Deadline deadline);

  /// Whether another exchange may follow: the last answer allowed it, and the peer has neither closed nor sent more.
  [[nodiscard]] bool reusable();

  /// Fails what is under way, at once.
  void cancel();

  /// Once the last answer was 101: what the connection goes on as. Nothing else may be called then. Throws
  /// boost::system::system_error where the connection is not there any more.
  [[nodiscard]] UpgradedConnection release();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace guildhall::net
