#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::net {

/// Parses the bytes of a connection into requests (RFC 9112) without I/O: write bytes into `prepare()`'s space,
/// `commit` them, then call `advance`. Bytes after a complete request are kept for the next one (pipelining).
class RequestReader {
 public:
  enum class State : std::uint8_t {
    idle,       ///< The next request has not begun.
    need_head,  ///< Its head is incomplete.
    need_body,  ///< Its head is complete and valid; its body is incomplete.
    done,       ///< Call `take()`.
    failed,     ///< It is invalid, see `failure()`; the connection must be closed.
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

  /// Space for at least one byte.
  [[nodiscard]] std::span<char> prepare();
  void commit(std::size_t bytes);

  /// Parses the committed bytes. Never throws, whatever the peer sends.
  [[nodiscard]] State advance();

  /// In state idle: frees the memory for received bytes.
  void release_memory();

  /// In state need_body: the client waits for `100 Continue` before it sends the body (RFC 9110 section 10.1.1). True
  /// once per request.
  [[nodiscard]] bool take_expect_continue();

  [[nodiscard]] Failure failure() const;

  /// In states need_body and done: the request so far. The caller sets `client`, `id` and `received`.
  [[nodiscard]] Request& request();

  /// In state need_body: lowers the limit of this request's body to `bytes`. A longer one fails with 413.
  void limit_body(std::size_t bytes);
  /// The memory in bytes that the body takes so far.
  [[nodiscard]] std::size_t body_memory() const;

  /// The complete request; the reader continues with the next one.
  [[nodiscard]] Request take();

  /// The bytes after the last request, for a connection that switches protocols. The reader must not be used again.
  [[nodiscard]] std::string take_rest();

  /// Whether the last request, of which at least the head is complete, allows another one on this connection, and
  /// whether it was HTTP/1.0.
  [[nodiscard]] bool keep_alive() const;
  [[nodiscard]] bool http_1_0() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::net
