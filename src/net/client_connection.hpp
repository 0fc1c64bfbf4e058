#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "net/http_client.hpp"
#include "net/proxy.hpp"
#include "net/upgrade.hpp"
#include "net/url.hpp"

namespace guildhall::net {

/// How far a failed exchange got; this decides whether it may be retried.
enum class Progress { nothing_written, written };

struct ExchangeFailure {
  base::Error error;
  Progress progress = Progress::nothing_written;
};

/// One connection of the HTTP client, used for one exchange at a time on one executor.
class ClientConnection {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  /// `proxy` may be null; it is asked for a tunnel where it serves the URL.
  ClientConnection(const Executor& executor, Url url, std::shared_ptr<const Proxy> proxy);
  ~ClientConnection();

  /// Resolves, connects and, for https, shakes hands and verifies the certificate against the URL's host.
  [[nodiscard]] Task<base::Result<void>> connect(Deadline deadline);

  /// Sends `request` for `target` and reads the whole response.
  [[nodiscard]] Task<boost::system::result<ClientResponse, ExchangeFailure>> exchange(const ClientRequest& request,
                                                                                      std::string_view target,
                                                                                      const HttpClientOptions& options,
                                                                                      Deadline deadline);

  /// Whether another exchange may follow: the last response allowed it, and the peer has neither closed the connection
  /// nor sent more bytes.
  [[nodiscard]] bool reusable();

  /// Makes the exchange in flight fail at once.
  void cancel();

  /// After a 101 response: hands over the connection. No other member may be called after that. Throws
  /// boost::system::system_error if the connection is closed.
  [[nodiscard]] UpgradedConnection release();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace guildhall::net
