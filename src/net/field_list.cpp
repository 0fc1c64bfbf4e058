#include "net/field_list.hpp"

#include <algorithm>

#include "net/http.hpp"

namespace guildhall::net {

std::string_view trim(std::string_view text) {
  const auto begin = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view take_item(std::string_view& list, char separator) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < list.size() && (quoted || list[end] != separator); ++end) {
    if (list[end] == '"') quoted = !quoted;
    if (quoted && list[end] == '\\' && end + 1 < list.size()) ++end;
  }
  const auto item = trim(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return item;
}

bool lists_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    if (equal_ignoring_case(take_item(list, ','), token)) return true;
  }
  return false;
}

}  // namespace guildhall::net
