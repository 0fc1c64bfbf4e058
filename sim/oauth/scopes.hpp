#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::sim {

struct ScopeInfo {
  std::string_view name;
  /// What granting it lets the application do, as the authorize page says it; empty if a user is not asked.
  std::string_view grants;
};

/// Every scope that Discord knows.
[[nodiscard]] std::span<const ScopeInfo> known_scopes();

/// Scopes that were granted or asked for, without doubles, in the order asked.
using Scopes = std::vector<std::string>;

/// From a list with spaces between (RFC 6749 section 3.3). Nothing if it is empty or Discord does not know one.
[[nodiscard]] std::optional<Scopes> parse_scopes(std::string_view list);

/// With spaces between.
[[nodiscard]] std::string to_string(const Scopes& scopes);

[[nodiscard]] bool holds(const Scopes& scopes, std::string_view scope);

}  // namespace guildhall::sim
