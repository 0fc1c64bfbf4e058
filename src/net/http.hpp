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

/// Header fields in order; names are compared ignoring case (RFC 9110 section 5.1).
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// The first field of that name.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;
  /// The values of all fields of that name as one list (RFC 9110 section 5.3); nothing if there is no such field.
  [[nodiscard]] std::optional<std::string> find_list(std::string_view name) const;
  void add(std::string_view name, std::string_view value) {
    fields_.push_back({std::string(name), std::string(value)});
  }
  /// Replaces all fields of that name by one.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }
  void reserve(std::size_t fields) { fields_.reserve(fields); }

 private:
  std::vector<Header> fields_;
};

/// Whether `a` and `b` are equal, ignoring the case of ASCII letters.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Takes the first item, trimmed, and the `separator` after it off a header field's list. Separators in a quoted string
/// do not count (RFC 9110 section 5.6).
[[nodiscard]] std::string_view take_item(std::string_view& list, char separator);

/// Whether `token` is an item of a comma-separated list, ignoring case.
[[nodiscard]] bool lists_token(std::string_view list, std::string_view token);

/// A complete request. The server has checked its framing and limits.
struct Request {
  Method method = Method::get;
  std::string target;  ///< As sent, in origin form: path and query.
  Headers headers;
  std::string body;
  boost::asio::ip::address client;  ///< The peer, or the client that trusted proxies name.
  std::string id;                   ///< Identifies the request in its response (`X-Request-Id`) and in log lines.
  std::chrono::steady_clock::time_point received;

  /// The target up to `?`, still percent-encoded.
  [[nodiscard]] std::string_view path() const;
  /// The target after `?`; empty if there is none.
  [[nodiscard]] std::string_view query() const;
};

class Upgrade;

struct Response {
  unsigned status = 200;
  Headers headers{};
  std::string body{};
  /// If set, sent instead of `body`: bytes shared by many responses, or part of the program.
  std::shared_ptr<const std::string> shared_body{};
  std::string_view static_body{};
  /// Close the connection after the response.
  bool close = false;
  /// Close the connection without a response; for servers that inject faults.
  bool abort = false;
  /// With status 101: takes over the connection.
  std::shared_ptr<Upgrade> upgrade{};

  [[nodiscard]] std::string_view payload() const {
    if (shared_body) return *shared_body;
    return static_body.empty() ? std::string_view(body) : static_body;
  }
};

/// The reason phrase, such as `Not Found`; empty for an unknown status.
[[nodiscard]] std::string_view reason_phrase(unsigned status);

/// Handles a request. Runs on the connection's event loop and must not block it; an exception becomes a 500 without
/// details. The request outlives the task.
using Handler = std::function<Task<Response>(Request& request)>;

}  // namespace guildhall::net
