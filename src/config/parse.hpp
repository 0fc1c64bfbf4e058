#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::config {

/// A decimal number without sign within [min, max].
template <std::unsigned_integral T>
[[nodiscard]] std::optional<T> parse_number(std::string_view text, T min, T max) {
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < min || value > max) return std::nullopt;
  return value;
}

/// The texts between commas, without surrounding white space and without empty ones.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text);

/// Each text of a comma-separated list parsed with `parse` (text -> optional<T>); nothing if one is invalid or the
/// list is empty.
template <class Parse>
[[nodiscard]] auto parse_list(std::string_view text, Parse parse)
    -> std::optional<std::vector<typename decltype(parse(text))::value_type>> {
  std::vector<typename decltype(parse(text))::value_type> values;
  for (const std::string_view item : split_list(text)) {
    auto value = parse(item);
    if (!value) return std::nullopt;
    values.push_back(*std::move(value));
  }
  if (values.empty()) return std::nullopt;
  return values;
}

/// An address or a host name (RFC 1123), without port. Brackets around an IPv6 address are removed.
[[nodiscard]] std::optional<std::string> parse_host(std::string_view text);

/// An address, or a range of them in CIDR notation.
[[nodiscard]] std::optional<std::string> parse_network(std::string_view text);

/// An http or https URL without path, query, fragment or user, as browsers write origins: lower case, without the
/// scheme's default port. A trailing slash is removed.
[[nodiscard]] std::optional<std::string> parse_origin(std::string_view text);

/// As browsers write the origin of any page that has one: as parse_origin, or another scheme with host and perhaps
/// port, such as `capacitor://localhost` or `chrome-extension://...`, in lower case.
[[nodiscard]] std::optional<std::string> parse_any_origin(std::string_view text);

/// Why an item of a list of origins cannot be one though it looks like it; empty if there is no such item.
[[nodiscard]] std::string_view object_to_origins(std::string_view list);

/// An http or https URL as parse_http_url, whose path has only characters that need no escape in a path or a cookie.
[[nodiscard]] std::optional<std::string> parse_public_url(std::string_view text);

/// A host, or the absolute path of a Unix socket.
[[nodiscard]] std::optional<std::string> parse_host_or_socket(std::string_view text);

/// An http or https URL without query, fragment or user. Trailing slashes are removed.
[[nodiscard]] std::optional<std::string> parse_http_url(std::string_view text);

/// The origin of a URL that parse_http_url returned.
[[nodiscard]] std::string origin_of(std::string_view http_url);

/// An absolute URI without fragment, as OAuth 2.0 (RFC 6749 section 3.1.2) requires for redirects. Unchanged, because
/// it is compared as a string.
[[nodiscard]] std::optional<std::string> parse_redirect_uri(std::string_view text);

/// A text of printable ASCII characters without white space.
[[nodiscard]] std::optional<std::string> parse_word(std::string_view text);

}  // namespace guildhall::config
