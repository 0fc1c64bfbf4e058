#include "net/router.hpp"

#include <algorithm>
#include <stdexcept>

namespace guildhall::net {
namespace {

/// `/a/:b` -> `a`, `:b`; `/` -> one empty segment.
std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  std::size_t start = 1;
  for (;;) {
    const auto slash = path.find('/', start);
    segments.push_back(path.substr(start, slash == std::string_view::npos ? slash : slash - start));
    if (slash == std::string_view::npos) return segments;
    start = slash + 1;
  }
}

bool is_name(std::string_view segment) { return segment.starts_with(':'); }

/// The order of precedence of a segment: literal, name, rest.
int rank(std::string_view segment) { return segment == "*" ? 2 : is_name(segment) ? 1 : 0; }

bool more_specific(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (rank(a[i]) != rank(b[i])) return rank(a[i]) < rank(b[i]);
  }
  return a.size() > b.size();
}

std::optional<PathParams> match_segments(const std::vector<std::string_view>& pattern, std::string_view path) {
  PathParams params;
  std::size_t start = 1;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (start > path.size()) return std::nullopt;
    if (pattern[i] == "*") {
      params.push("*", path.substr(start));
      return params;
    }
    const auto slash = std::min(path.find('/', start), path.size());
    const auto segment = path.substr(start, slash - start);
    if (is_name(pattern[i])) {
      if (segment.empty()) return std::nullopt;
      params.push(pattern[i].substr(1), segment);
    } else if (segment != pattern[i]) {
      return std::nullopt;
    }
    start = slash + 1;
  }
  if (start <= path.size()) return std::nullopt;
  return params;
}

}  // namespace

std::string_view PathParams::operator[](std::string_view name) const {
  for (std::size_t i = 0; i < size_; ++i) {
    if (params_[i].name == name) return params_[i].value;
  }
  return {};
}

void PathParams::push(std::string_view name, std::string_view value) {
  if (size_ == capacity) throw std::length_error("too many names in a route pattern");
  params_[size_++] = {name, value};
}

Router::Router(std::span<const RoutePattern> table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!table[i].path.starts_with('/')) throw std::invalid_argument("a route's path must start with /");
    const auto segments = split(table[i].path);
    const auto star = std::find(segments.begin(), segments.end(), "*");
    if (star != segments.end() && star + 1 != segments.end())
      throw std::invalid_argument("* must be the last segment of a route's path");
    auto path =
        std::find_if(paths_.begin(), paths_.end(), [&](const Path& known) { return known.segments == segments; });
    if (path == paths_.end()) path = paths_.insert(paths_.end(), Path{segments, {}, {}});
    const bool duplicate = std::any_of(path->routes.begin(), path->routes.end(),
                                       [&](const auto& route) { return route.first == table[i].method; });
    if (duplicate) throw std::invalid_argument("duplicate route: " + std::string(table[i].path));
    path->routes.emplace_back(table[i].method, i);
  }
  std::stable_sort(paths_.begin(), paths_.end(),
                   [](const Path& a, const Path& b) { return more_specific(a.segments, b.segments); });
  for (Path& path : paths_) {
    for (const auto& [method, index] : path.routes) {
      path.allow.append(to_string(method)).append(method == Method::get ? ", HEAD, " : ", ");
    }
    path.allow.append("OPTIONS");
  }
}

RouteMatch Router::match(Method method, std::string_view path) const {
  RouteMatch match;
  if (!path.starts_with('/')) return match;
  const Method wanted = method == Method::head ? Method::get : method;
  for (const Path& candidate : paths_) {
    auto params = match_segments(candidate.segments, path);
    if (!params) continue;
    match.params = *params;
    match.allow = candidate.allow;
    for (const auto& [known, index] : candidate.routes) {
      if (known == wanted) match.route = index;
    }
    break;
  }
  return match;
}

}  // namespace guildhall::net
