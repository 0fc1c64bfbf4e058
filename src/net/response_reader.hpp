#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "base/result.hpp"
#include "net/http_client.hpp"

namespace guildhall::net {

/// Turns the bytes of a connection into the answer to one request (RFC 9112), without any I/O. Interim answers (1xx but
/// 101) are passed over.
class ResponseReader {
 public:
  /// Limits in bytes. `method` is the request's: the answer to HEAD has no body.
  ResponseReader(Method method, std::size_t head_limit, std::size_t body_limit);
  ~ResponseReader();
  ResponseReader(const ResponseReader&) = delete;
  ResponseReader& operator=(const ResponseReader&) = delete;

  /// Space for at least one byte more.
  [[nodiscard]] std::span<char> prepare();
  /// `bytes` have been written there. Errc::bad_upstream where what is here is not HTTP or too large.
  [[nodiscard]] base::Result<void> commit(std::size_t bytes);
  /// The peer has closed. Errc::unavailable where that cuts the answer short.
  [[nodiscard]] base::Result<void> finish();

  [[nodiscard]] bool done() const;
  /// The answer that is done.
  [[nodiscard]] ClientResponse take();
  /// Whether the connection can be used for another request: the answer allows it and nothing came after it.
  [[nodiscard]] bool keep_alive() const;
  /// What came after the answer that is done.
  [[nodiscard]] std::string take_rest();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::net
