#include "config/config.hpp"

#include <string>

namespace guildhall::config {
namespace {

/// `value` in quotes for a message of one line: control characters as `?`, and not more of it than helps.
std::string in_quotes(std::string_view value) {
  constexpr std::size_t most = 80;
  std::string shown(value.substr(0, most));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return '"' + shown + (value.size() > most ? "...\"" : "\"");
}

[[noreturn]] void refuse(const Option& option, const Environment::Variable& variable) {
  std::string message(option.name);
  message += ": expected ";
  message += option.expected;
  if (option.visibility == Visibility::open) message += ", not " + in_quotes(variable.value);
  message += " (from " + variable.origin + ")";
  throw Error(message);
}

[[noreturn]] void demand(const Option& option) {
  throw Error(std::string(option.name) + " is not set: " + std::string(option.remedy));
}

void read(const Option& option, const Environment& environment, Config& into) {
  if (const auto* variable = environment.find(option.name)) {
    if (!option.read(variable->value, into)) refuse(option, *variable);
  } else if (option.need == Need::required) {
    demand(option);
  } else if (!option.fallback.empty()) {
    if (!option.read(option.fallback, into)) refuse(option, {std::string(option.fallback), "its default"});
  }
}

}  // namespace

Config load(const Environment& environment) {
  Config config;
  for (const Section& section : sections()) {
    for (const Option& option : section.options) read(option, environment, config);
  }
  if (config.discord.authorize_url.empty()) {
    config.discord.authorize_url = default_authorize_url(config.discord.api_url);
  }
  return config;
}

}  // namespace guildhall::config
