#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::net {

/// Turns the bytes of a connection into requests (RFC 9112), without any I/O: bytes are written into `prepare()`'s
/// space, `commit`ted, and `advance` says what they amount to. Bytes behind a finished request stay for the next one,
/// so that pipelining works.
class RequestReader {
 public:
  enum class State : std::uint8_t {
    idle,       ///< Nothing of the next request is here.
    need_head,  ///< A part of its head is.
    need_body,  ///< Its head is complete and acceptable; a part of its body is missing.
    done,       ///< `take()` it.
    failed,     ///< It cannot be accepted, see `failure()`; nothing that follows can be trusted either.
  };

  struct Failure {
    unsigned status = 400;
    std::string_view sentence;
  };

  /// Limits in bytes.
  RequestReader(std::size_t head_limit, std::size_t body_limit);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Space for at least one byte more.
  [[nodiscard]] std::span<char> prepare();
  void commit(std::size_t bytes);

  /// Looks at what is here. Never throws for anything that a peer sends.
  [[nodiscard]] State advance();

  /// In state need_body: the client waits for `100 Continue` before it sends the body (RFC 9110 section 10.1.1). True
  /// once per request.
  [[nodiscard]] bool take_expect_continue();

  [[nodiscard]] Failure failure() const;

  /// The request that is done; the reader goes on to the next one. `client`, `id` and `received` are left to the
  /// caller.
  [[nodiscard]] Request take();

  /// What is here behind the request taken last, for a connection that goes on with another protocol. The reader is of
  /// no more use.
  [[nodiscard]] std::string take_rest();

  /// Whether the request taken last allows another one on this connection, and whether it was HTTP/1.0.
  [[nodiscard]] bool keep_alive() const;
  [[nodiscard]] bool http_1_0() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::net
