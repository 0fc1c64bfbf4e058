#include "server/browser_name.hpp"

#include <algorithm>
#include <array>

namespace guildhall::server {
namespace {

constexpr std::size_t max_length = 100;

struct Mark {
  std::string_view text;
  std::string_view name;
};

/// The first that is there counts: most browsers also claim to be those below them.
constexpr std::array browsers{
    Mark{"Edg", "Edge"},         Mark{"OPR/", "Opera"},       Mark{"SamsungBrowser/", "Samsung Internet"},
    Mark{"Vivaldi/", "Vivaldi"}, Mark{"Firefox/", "Firefox"}, Mark{"FxiOS/", "Firefox"},
    Mark{"CriOS/", "Chrome"},    Mark{"Chrome/", "Chrome"},   Mark{"Safari/", "Safari"},
};
constexpr std::array systems{
    Mark{"Android", "Android"}, Mark{"iPhone", "iPhone"},   Mark{"iPad", "iPad"},   Mark{"Windows", "Windows"},
    Mark{"CrOS", "ChromeOS"},   Mark{"Macintosh", "macOS"}, Mark{"Linux", "Linux"},
};

template <std::size_t count>
std::string_view find(const std::array<Mark, count>& marks, std::string_view text) {
  const auto found =
      std::ranges::find_if(marks, [text](const Mark& mark) { return text.find(mark.text) != std::string_view::npos; });
  return found == marks.end() ? std::string_view() : found->name;
}

}  // namespace

std::string browser_name(std::string_view user_agent) {
  const auto system = find(systems, user_agent);
  std::string name(find(browsers, user_agent));
  if (name.empty()) {
    // The product that comes first, without its version.
    name = user_agent.substr(0, std::min(user_agent.find_first_of("/ ("), max_length));
    std::erase_if(name, [](char c) { return c <= ' ' || c > '~'; });
  } else if (!system.empty()) {
    name.append(" on ").append(system);
  }
  return name;
}

}  // namespace guildhall::server
