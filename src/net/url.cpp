#include "net/url.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "base/text.hpp"

namespace guildhall::net {
namespace {

using boost::urls::scheme;

std::optional<Url> parse_with(std::string_view text, scheme plain, scheme secure) {
  const auto parsed = boost::urls::parse_uri(text);
  if (!parsed) return std::nullopt;
  const auto& view = *parsed;
  const bool tls = view.scheme_id() == secure;
  if (!tls && view.scheme_id() != plain) return std::nullopt;
  if (view.has_userinfo() || view.has_fragment() || view.host().empty()) return std::nullopt;
  Url url;
  url.tls = tls;
  url.host = view.host_address();
  url.port = view.has_port() && !view.port().empty() ? std::string(view.port()) : std::string(tls ? "443" : "80");
  url.target = view.encoded_path().empty() ? std::string("/") : std::string(view.encoded_path());
  if (view.has_query()) url.target.append("?").append(std::string(view.encoded_query()));
  return url;
}

constexpr std::size_t max_number = 20;  // an id
constexpr std::size_t max_word = 16;
constexpr std::size_t max_segments = 16;

bool is_plain(char c) { return base::is_lower(c) || base::is_digit(c) || c == '.' || c == '-' || c == '_'; }

bool is_harmless(std::string_view segment) {
  return (segment.size() <= max_word && std::ranges::all_of(segment, is_plain)) ||
         (segment.size() <= max_number && std::ranges::all_of(segment, base::is_digit));
}

}  // namespace

std::optional<Url> Url::parse(std::string_view text) { return parse_with(text, scheme::http, scheme::https); }

std::optional<Url> Url::parse_websocket(std::string_view text) { return parse_with(text, scheme::ws, scheme::wss); }

std::string Url::host_field() const {
  const bool ipv6 = host.find(':') != std::string::npos;
  std::string field = ipv6 ? "[" + host + "]" : host;
  if (port != (tls ? "443" : "80")) field.append(":").append(port);
  return field;
}

std::string Url::origin() const { return (tls ? "https://" : "http://") + host + " " + port; }

std::string path_for_log(std::string_view path) {
  std::string shown;
  for (std::size_t segments = 0; path.starts_with('/'); ++segments) {
    if (segments == max_segments) return shown + "/...";
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    shown += '/';
    shown += is_harmless(segment) ? segment : "*";
    path.remove_prefix(segment.size());
  }
  return path.empty() ? shown : "*";
}

}  // namespace guildhall::net
