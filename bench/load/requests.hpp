#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::bench {

/// The request that is repeated.
struct Ask {
  std::uint16_t port = 0;
  std::string method = "GET";
  std::vector<std::string> paths{"/"};  ///< They take turns.
  std::vector<std::string> headers;     ///< `name: value`
  std::string body;                     ///< `{n}` in it becomes the number of the request, in ten digits.
};

/// The bytes of requests, created once per path; only the number in them changes.
class Requests {
 public:
  explicit Requests(const Ask& ask);

  /// The next request, valid until the next call.
  [[nodiscard]] std::string_view next();

 private:
  std::vector<std::string> bytes_;
  std::size_t number_from_end_ = 0;  // 0: there is none
  std::uint64_t number_ = 0;
};

}  // namespace guildhall::bench
