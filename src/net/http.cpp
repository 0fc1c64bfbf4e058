#include "net/http.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>

#include "base/text.hpp"

namespace guildhall::net {
namespace {

constexpr std::array<std::string_view, 8> method_names{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", ""};

}  // namespace

std::string_view to_string(Method method) { return method_names[static_cast<std::size_t>(method)]; }

Method parse_method(std::string_view token) {
  const auto* found = std::find(method_names.begin(), method_names.end() - 1, token);
  return static_cast<Method>(found - method_names.begin());
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return base::to_lower(x) == base::to_lower(y); });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const Header& field : fields_) {
    if (equal_ignoring_case(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(
      fields_.begin(), fields_.end(), [name](const Header& field) { return equal_ignoring_case(field.name, name); }));
}

std::optional<std::string> Headers::find_list(std::string_view name) const {
  std::optional<std::string> list;
  for (const Header& field : fields_) {
    if (!equal_ignoring_case(field.name, name)) continue;
    if (list) list->append(", ").append(field.value);
    if (!list) list = field.value;
  }
  return list;
}

void Headers::set(std::string_view name, std::string_view value) {
  remove(name);
  add(name, value);
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_, [name](const Header& field) { return equal_ignoring_case(field.name, name); });
}

std::string_view Request::path() const { return std::string_view(target).substr(0, target.find('?')); }

std::string_view Request::query() const {
  const auto mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::string_view reason_phrase(unsigned status) {
  namespace http = boost::beast::http;
  const auto known = http::int_to_status(status);
  return known == http::status::unknown ? std::string_view() : std::string_view(http::obsolete_reason(known));
}

std::string_view take_item(std::string_view& list, char separator) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < list.size() && (quoted || list[end] != separator); ++end) {
    if (list[end] == '"') quoted = !quoted;
    if (quoted && list[end] == '\\' && end + 1 < list.size()) ++end;
  }
  const auto item = base::trim(list.substr(0, end), " \t");
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
