#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.hpp"

namespace guildhall::net {

/// A method and a path whose segments are literal, `:name` (one segment, not empty) or a final `*` (all the rest).
struct RoutePattern {
  Method method;
  std::string_view path;
};

/// The segments that matched a pattern's names, still percent-encoded. They point into the matched path.
class PathParams {
 public:
  static constexpr std::size_t capacity = 6;

  /// The segment that matched `:name` (or `*` for the rest); empty if the pattern has no such name.
  [[nodiscard]] std::string_view operator[](std::string_view name) const;
  void push(std::string_view name, std::string_view value);

 private:
  struct Param {
    std::string_view name;
    std::string_view value;
  };
  std::array<Param, capacity> params_{};
  std::size_t size_ = 0;
};

struct RouteMatch {
  /// Index into the router's table; nothing if no route has this path and method.
  std::optional<std::size_t> route;
  PathParams params;
  /// The value of the Allow header field for this path (HEAD with GET, and OPTIONS). Empty for an unknown path.
  std::string_view allow;
};

/// The patterns of a table whose rows have a `method` and a `path`.
template <class Rows>
[[nodiscard]] std::vector<RoutePattern> patterns_of(const Rows& rows) {
  std::vector<RoutePattern> patterns;
  for (const auto& row : rows) patterns.push_back({row.method, row.path});
  return patterns;
}

/// Finds routes. Literal segments take precedence over names. HEAD finds GET's route. Immutable; any thread may call.
class Router {
 public:
  /// `table`'s texts must outlive the router. Throws std::invalid_argument for a malformed or duplicate pattern.
  explicit Router(std::span<const RoutePattern> table);

  /// `path` is still percent-encoded and has no query.
  [[nodiscard]] RouteMatch match(Method method, std::string_view path) const;

 private:
  struct Path {
    std::vector<std::string_view> segments;
    std::vector<std::pair<Method, std::size_t>> routes;
    std::string allow;
  };
  std::vector<Path> paths_;
};

}  // namespace guildhall::net
