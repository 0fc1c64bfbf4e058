#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace guildhall::sim {

/// A request that the API got, and what became of it. Secrets in it are kept: tests look at them.
struct RecordedRequest {
  net::Method method{};
  std::string target;   ///< As sent: path and query.
  std::string route;    ///< The pattern it matched; empty where none did.
  unsigned status = 0;  ///< 0 where the connection was dropped instead.
  net::Headers headers;
  std::string body;
  base::Timestamp time;  ///< When it was there as a whole.
};

/// The last 10,000 requests, or fewer where they hold more than 64 MB. Used by one thread at a time.
class RequestJournal {
 public:
  void add(RecordedRequest request);
  /// Oldest first.
  [[nodiscard]] const std::deque<RecordedRequest>& requests() const { return requests_; }
  void clear();

 private:
  std::deque<RecordedRequest> requests_;
  std::size_t bytes_ = 0;
};

}  // namespace guildhall::sim
