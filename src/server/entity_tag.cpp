#include "server/entity_tag.hpp"

#include <string_view>

#include "api/errors.hpp"

namespace guildhall::server {
namespace {

/// How tags are compared: strongly for If-Match, weakly for If-None-Match (RFC 9110 section 8.8.3.2).
enum class Comparison { strong, weak };

bool lists(std::string_view list, std::string_view tag, Comparison comparison) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    auto item = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    while (item.starts_with(' ') || item.starts_with('\t')) item.remove_prefix(1);
    while (item.ends_with(' ') || item.ends_with('\t')) item.remove_suffix(1);
    if (item == "*") return true;
    if (comparison == Comparison::weak && item.starts_with("W/")) item.remove_prefix(2);
    if (item == tag) return true;
  }
  return false;
}

}  // namespace

std::string entity_tag(const database::Command& command) { return '"' + std::to_string(command.revision) + '"'; }

base::Result<std::optional<std::uint64_t>> if_match(const net::Request& request, const database::Command& command) {
  const auto field = request.headers.find("If-Match");
  if (!field || *field == "*") return std::optional<std::uint64_t>{};
  if (lists(*field, entity_tag(command), Comparison::strong)) return std::optional{command.revision};
  return api::errors::command_changed;
}

bool if_none_match(const net::Request& request, const database::Command& command) {
  const auto field = request.headers.find("If-None-Match");
  return field && lists(*field, entity_tag(command), Comparison::weak);
}

}  // namespace guildhall::server
