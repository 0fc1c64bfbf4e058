#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "base/result.hpp"
#include "net/http_client.hpp"

namespace guildhall::net {

/// Parses the bytes of a connection into the response to one request (RFC 9112) without I/O. Skips interim responses
/// (1xx except 101).
class ResponseReader {
 public:
  /// Limits in bytes. `method` is the request's, since the response to HEAD has no body.
  ResponseReader(Method method, std::size_t head_limit, std::size_t body_limit);
  ~ResponseReader();
  ResponseReader(const ResponseReader&) = delete;
  ResponseReader& operator=(const ResponseReader&) = delete;

  /// Space for at least one byte.
  [[nodiscard]] std::span<char> prepare();
  /// Parses `bytes` that were written there. Errc::bad_upstream if the response is not HTTP or too large.
  [[nodiscard]] base::Result<void> commit(std::size_t bytes);
  /// Call when the peer has closed. Errc::unavailable if the response is incomplete.
  [[nodiscard]] base::Result<void> finish();

  [[nodiscard]] bool done() const;
  /// The complete response.
  [[nodiscard]] ClientResponse take();
  /// Whether the connection can be reused: the response allows it and no bytes came after it.
  [[nodiscard]] bool keep_alive() const;
  /// The bytes after the complete response.
  [[nodiscard]] std::string take_rest();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::net
