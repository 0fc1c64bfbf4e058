#include "server/origins.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "net/http.hpp"

namespace guildhall::server {
namespace {

constexpr std::string_view http_scheme = "http://";
constexpr std::string_view https_scheme = "https://";

/// Letters of a host and its port, and the brackets of an IPv6 address: what may go into a URL as it is.
bool is_plain_host(std::string_view host) {
  const auto plain = [](char c) {
    return base::is_alnum(c) || std::string_view(".-_:[]").find(c) != std::string_view::npos;
  };
  return !host.empty() && host.size() <= 261 && std::ranges::all_of(host, plain);
}

std::string_view without_port(std::string_view host, std::string_view port) {
  return host.ends_with(port) ? host.substr(0, host.size() - port.size()) : host;
}

std::string lower_case(std::string_view text) { return base::to_lower(std::string(text)); }

std::string_view origin_of_callback(std::string_view uri, std::string_view base_path) {
  const std::string path = std::string(base_path) + std::string(callback_path);
  return uri.ends_with(path) ? uri.substr(0, uri.size() - path.size()) : std::string_view();
}

bool in_list(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

}  // namespace

bool has_host(std::string_view origin, std::string_view host) {
  const bool secure = origin.starts_with(https_scheme);
  if (!secure && !origin.starts_with(http_scheme)) return false;
  const auto named = origin.substr(secure ? https_scheme.size() : http_scheme.size());
  return net::equal_ignoring_case(named, without_port(host, secure ? ":443" : ":80"));
}

bool Origins::is_ours(std::string_view origin) const { return origin == own || in_list(*allowed.get(), origin); }

bool Origins::is_ours(std::string_view origin, std::string_view host) const {
  if (is_ours(origin)) return true;
  return has_host(origin, host) && (any_host || origin == site(host));
}

std::string Origins::site(std::string_view host) const {
  if (has_host(own, host)) return own;
  for (const auto& uri : redirect_uris) {
    const auto origin = origin_of_callback(uri, base_path);
    if (!origin.empty() && has_host(origin, host)) return std::string(origin);
  }
  if (!any_host || !is_plain_host(host)) return own;
  return std::string(http_scheme) + lower_case(without_port(host, ":80"));
}

std::string Origins::callback_at(std::string_view site) const {
  std::string uri = std::string(site) + base_path + std::string(callback_path);
  if (!redirect_uris.empty() && !in_list(redirect_uris, uri)) uri.clear();
  return uri;
}

std::string Origins::main_callback() const {
  if (auto uri = callback_at(own); !uri.empty()) return uri;
  for (const auto& uri : redirect_uris) {
    if (!origin_of_callback(uri, base_path).empty()) return uri;
  }
  return {};
}

std::string Origins::cookie_name(std::string_view site, std::string_view plain) const {
  const bool host_only = site.starts_with(https_scheme) && base_path.empty();
  return (host_only ? "__Host-" : "") + std::string(plain);
}

}  // namespace guildhall::server
