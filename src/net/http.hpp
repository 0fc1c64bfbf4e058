#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/task.hpp"

namespace guildhall::net {

/// The request methods that guildhall has routes for (RFC 9110 section 9); `other` is any other well-formed token.
enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };

[[nodiscard]] std::string_view to_string(Method method);
[[nodiscard]] Method parse_method(std::string_view token);

struct Header {
  std::string name;
  std::string value;
};

/// Header fields in order; names compare without regard to case (RFC 9110 section 5.1).
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// The first field of that name.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;
  /// The values of all fields of that name as one list (RFC 9110 section 5.3); nothing where there is none.
  [[nodiscard]] std::optional<std::string> find_list(std::string_view name) const;
  void add(std::string_view name, std::string_view value) {
    fields_.push_back({std::string(name), std::string(value)});
  }
  /// Replaces every field of that name by one.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  void reserve(std::size_t fields) { fields_.reserve(fields); }

 private:
  std::vector<Header> fields_;
};

/// True where `a` and `b` are the same ASCII text but for case.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// A whole request as a handler sees it. The server has already checked its framing and limits.
struct Request {
  Method method = Method::get;
  std::string target;  ///< As sent, in origin form: path and query.
  Headers headers;
  std::string body;
  boost::asio::ip::address client;  ///< The peer, or behind trusted proxies whom they name.
  std::string id;                   ///< Names this request in the answer (`X-Request-Id`) and in log lines.
  std::chrono::steady_clock::time_point received;

  /// The target up to `?`, percent-encoding as sent.
  [[nodiscard]] std::string_view path() const;
  /// The target after `?`; empty where there is none.
  [[nodiscard]] std::string_view query() const;
};

class Upgrade;

struct Response {
  unsigned status = 200;
  Headers headers{};
  std::string body{};
  /// Where set, sent instead of `body`: bytes shared by many answers, or part of the program.
  std::shared_ptr<const std::string> shared_body{};
  std::string_view static_body{};
  /// Close the connection once this is sent.
  bool close = false;
  /// Drop the connection without sending anything: what a fault-injecting server does to its clients.
  bool abort = false;
  /// With status 101: takes the connection over once the head is sent.
  std::shared_ptr<Upgrade> upgrade{};

  [[nodiscard]] std::string_view payload() const {
    if (shared_body) return *shared_body;
    return static_body.empty() ? std::string_view(body) : static_body;
  }
};

/// The reason phrase of RFC 9110 section 15; empty for a status it does not know.
[[nodiscard]] std::string_view reason_phrase(unsigned status);

/// Answers a request. Runs on the connection's event loop and must not block it; an exception becomes a 500 that tells
/// nothing. The request outlives the task.
using Handler = std::function<Task<Response>(Request& request)>;

}  // namespace guildhall::net
