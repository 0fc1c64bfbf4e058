#include "config/server.hpp"

#include <array>

#include "config/config.hpp"
#include "config/values.hpp"

namespace guildhall::config {
namespace {

constexpr std::array options{
    Option{.name = "HOST",
           .doc = "Address or name to listen on; 0.0.0.0 or :: for every address of the machine.",
           .expected = "an address or a host name such as 127.0.0.1, without port",
           .read = [](std::string_view text, Config& into) { return store(into.server.host, parse_host(text)); },
           .fallback = "127.0.0.1"},
    Option{.name = "PORT",
           .doc = "Port to listen on; 0 for any that is free.",
           .expected = "a number from 0 to 65535",
           .read = [](std::string_view text,
                      Config& into) { return store(into.server.port, parse_number<std::uint16_t>(text, 0, 65535)); },
           .fallback = "8080"},
    Option{
        .name = "PUBLIC_URL",
        .doc = "What browsers enter to get here, such as https://bot.example.org; unset: http://HOST:PORT.",
        .expected = "an http or https URL without path, such as https://bot.example.org",
        .read = [](std::string_view text, Config& into) { return store(into.server.public_url, parse_origin(text)); }},
    Option{.name = "CORS_ORIGINS",
           .doc = "Origins of other sites whose pages may use the API, separated by commas.",
           .expected = "origins such as https://dashboard.example.org, separated by commas",
           .read = [](std::string_view text,
                      Config& into) { return store(into.server.cors_origins, parse_list(text, parse_origin)); }},
    Option{.name = "TRUSTED_PROXIES",
           .doc = "Reverse proxies whose X-Forwarded-For is believed: addresses or CIDR ranges, separated by commas.",
           .expected = "addresses or CIDR ranges such as 127.0.0.1,10.0.0.0/8, separated by commas",
           .read = [](std::string_view text,
                      Config& into) { return store(into.server.trusted_proxies, parse_list(text, parse_network)); }},
    Option{
        .name = "ADMIN_USER_IDS",
        .doc = "Discord ids of the people who hold role ADMIN, separated by commas.",
        .expected = "Discord user ids (digits), separated by commas",
        .read = [](std::string_view text,
                   Config& into) { return store(into.server.admin_user_ids, parse_list(text, base::UserId::parse)); }},
};

}  // namespace

std::string Server::origin(std::uint16_t bound_port) const {
  if (public_url) return *public_url;
  std::string shown = host;
  if (host == "0.0.0.0" || host == "::") {
    shown = "localhost";
  } else if (host.find(':') != std::string::npos) {
    shown = "[" + host + "]";
  }
  return "http://" + shown + (bound_port == 80 ? "" : ":" + std::to_string(bound_port));
}

Section server_section() { return {"server", "Server", options}; }

}  // namespace guildhall::config
