#include "config/parse.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include "base/text.hpp"

namespace guildhall::config {
namespace {

bool is_address(const std::string& text, int family) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(family, text.c_str(), bytes.data()) == 1;
}

bool is_host_name(std::string_view text) {
  const auto allowed = [](char c) { return base::is_alnum(c) || c == '-' || c == '.' || c == '_'; };
  // Digits and dots that are no IPv4 address (256.1.1.1) are a mistake, not a name.
  const bool numeric = text.find_first_not_of("0123456789.") == std::string_view::npos;
  return !text.empty() && text.size() <= 253 && text.front() != '.' && text.front() != '-' && !numeric &&
         std::ranges::all_of(text, allowed);
}

/// A normalised http or https URL with a host and without user, query and fragment.
std::optional<boost::urls::url> parse_plain_url(std::string_view text) {
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed) return std::nullopt;
  boost::urls::url url(*parsed);
  url.normalize_scheme();
  url.normalize_authority();
  const bool http = url.scheme_id() == boost::urls::scheme::http;
  if (!http && url.scheme_id() != boost::urls::scheme::https) return std::nullopt;
  if (url.encoded_host().empty() || url.has_userinfo() || url.has_query() || url.has_fragment()) return std::nullopt;
  if (url.has_port()) {
    const auto port = parse_number<std::uint16_t>(url.port(), 1, 65535);
    if (!port) return std::nullopt;
    if (*port == (http ? 80 : 443)) url.remove_port();
  }
  return url;
}

}  // namespace

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> items;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const std::string_view item = base::trim(text.substr(0, comma));
    if (!item.empty()) items.push_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return items;
}

std::optional<std::string> parse_host(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    std::string inner(text.substr(1, text.size() - 2));
    if (!is_address(inner, AF_INET6)) return std::nullopt;
    return inner;
  }
  std::string host(text);
  if (!is_address(host, AF_INET) && !is_address(host, AF_INET6) && !is_host_name(text)) return std::nullopt;
  return host;
}

std::optional<std::string> parse_network(std::string_view text) {
  const auto slash = text.find('/');
  const std::string address(text.substr(0, slash));
  const bool v4 = is_address(address, AF_INET);
  if (!v4 && !is_address(address, AF_INET6)) return std::nullopt;
  if (slash != std::string_view::npos && !parse_number<unsigned>(text.substr(slash + 1), 0, v4 ? 32 : 128)) {
    return std::nullopt;
  }
  return std::string(text);
}

std::optional<std::string> parse_origin(std::string_view text) {
  const auto url = parse_plain_url(text);
  if (!url || (!url->encoded_path().empty() && url->encoded_path() != "/")) return std::nullopt;
  return std::string(url->encoded_origin());
}

std::optional<std::string> parse_any_origin(std::string_view text) {
  if (auto origin = parse_origin(text)) return origin;
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed) return std::nullopt;
  boost::urls::url url(*parsed);
  url.normalize_scheme();
  url.normalize_authority();
  using boost::urls::scheme;
  const bool has_rules_of_its_own = url.scheme_id() == scheme::http || url.scheme_id() == scheme::https;
  if (has_rules_of_its_own || url.encoded_host().empty() || url.has_userinfo() || url.has_query() ||
      url.has_fragment() || (!url.encoded_path().empty() && url.encoded_path() != "/")) {
    return std::nullopt;
  }
  return std::string(url.scheme()) + "://" + std::string(url.encoded_host_and_port());
}

std::string_view object_to_origins(std::string_view list) {
  for (const auto item : split_list(list)) {
    if (item == "null") {
      return "`null` is the origin of every file and sandboxed page, also of an attacker's; serve the page from an "
             "address of its own";
    }
    if (item == "*") return "`*` would let every site act as the person who is logged in; name the origins";
  }
  return {};
}

std::optional<std::string> parse_public_url(std::string_view text) {
  auto url = parse_http_url(text);
  if (!url) return std::nullopt;
  const auto path = std::string_view(*url).substr(origin_of(*url).size());
  const auto plain = [](char c) {
    return base::is_alnum(c) || std::string_view("/-._~").find(c) != std::string_view::npos;
  };
  const bool ambiguous = path.find("//") != std::string_view::npos || path.find("/.") != std::string_view::npos;
  constexpr std::size_t max_path = 128;  // It is a part of cookies.
  if (ambiguous || path.size() > max_path || !std::ranges::all_of(path, plain)) return std::nullopt;
  return url;
}

std::optional<std::string> parse_host_or_socket(std::string_view text) {
  if (!text.starts_with('/')) return parse_host(text);
  const auto printable = [](char c) { return c > ' ' && c <= '~' && c != ';' && c != '{' && c != '}'; };
  constexpr std::size_t max_path = 107;  // sockaddr_un
  if (text.size() > max_path || text.ends_with('/') || !std::ranges::all_of(text, printable)) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> parse_http_url(std::string_view text) {
  const auto url = parse_plain_url(text);
  if (!url) return std::nullopt;
  std::string clean(url->buffer());
  while (clean.ends_with('/')) clean.pop_back();
  return clean;
}

std::string origin_of(std::string_view http_url) {
  return std::string(boost::urls::parse_uri(http_url).value().encoded_origin());
}

std::optional<std::string> parse_redirect_uri(std::string_view text) {
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed || parsed->has_fragment()) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> parse_word(std::string_view text) {
  const auto printable = [](char c) { return c > ' ' && c <= '~'; };
  if (text.empty() || !std::ranges::all_of(text, printable)) return std::nullopt;
  return std::string(text);
}

}  // namespace guildhall::config
