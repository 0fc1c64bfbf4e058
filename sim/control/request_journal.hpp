#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace guildhall::sim {

/// A request to the API and its outcome. Includes secrets, because tests check them.
struct RecordedRequest {
  net::Method method{};
  std::string target;   ///< Path and query, as sent.
  std::string route;    ///< The matched pattern, or empty.
  unsigned status = 0;  ///< 0 if the connection was dropped.
  net::Headers headers;
  std::string body;
  base::Timestamp time;  ///< When it was complete.
};

/// The last 10,000 requests, or fewer if they exceed 64 MB. Used by one thread at a time.
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
