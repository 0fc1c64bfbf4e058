#include "config/config.hpp"

#include "config/option.hpp"
#include "config/parse.hpp"

namespace guildhall::config {
namespace {

/// `value` in quotes for a one-line message: shortened, with control characters as `?`.
std::string quote(std::string_view value) {
  constexpr std::size_t max_size = 80;
  std::string shown(value.substr(0, max_size));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return '"' + shown + (value.size() > max_size ? "...\"" : "\"");
}

void read(const Option& option, const Environment::Variable& variable, Config& config) {
  if (option.read(variable.value, config)) return;
  std::string message = std::string(option.name) + ": expected " + option.expected();
  if (const auto objection = option.objection ? option.objection(variable.value) : ""; !objection.empty()) {
    throw Error(std::string(option.name) + ": " + std::string(objection) + " (from " + variable.origin + ")");
  }
  if (option.visibility == Visibility::open) message += ", not " + quote(variable.value);
  throw Error(message + " (from " + variable.origin + ")");
}

void load_option(const Option& option, const Environment& environment, Config& config) {
  if (const auto* variable = environment.find(option.name)) {
    read(option, *variable, config);
  } else if (option.need == Need::required) {
    throw Error(std::string(option.name) + " is not set: " + std::string(option.remedy));
  } else if (!option.fallback.empty()) {
    read(option, {std::string(option.fallback), "its default"}, config);
  }
}

}  // namespace

std::string Server::url(std::uint16_t bound_port) const {
  if (public_url) return *public_url;
  std::string shown = host;
  if (host == "0.0.0.0" || host == "::") {
    shown = "localhost";
  } else if (host.find(':') != std::string::npos) {
    shown = "[" + host + "]";
  }
  return "http://" + shown + (bound_port == 80 ? "" : ":" + std::to_string(bound_port));
}

std::string_view to_string(Dialect dialect) {
  switch (dialect) {
    case Dialect::mariadb: return "mariadb";
    case Dialect::mysql: return "mysql";
    case Dialect::sqlite: break;
  }
  return "sqlite";
}

Config load_valid(const Environment& environment, std::vector<std::string>& faults) {
  Config config;
  for_each_option([&](const Option& option) {
    try {
      load_option(option, environment, config);
    } catch (const Error& error) {
      faults.emplace_back(error.what());
      if (!option.fallback.empty()) load_option(option, Environment(), config);
    }
  });
  auto& discord = config.discord;
  if (discord.authorize_url.empty()) discord.authorize_url = origin_of(discord.api_url) + "/oauth2/authorize";
  return config;
}

Config load(const Environment& environment) {
  std::vector<std::string> faults;
  auto config = load_valid(environment, faults);
  if (!faults.empty()) throw Error(faults.front());
  return config;
}

}  // namespace guildhall::config
