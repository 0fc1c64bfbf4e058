#include "net/url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

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

}  // namespace guildhall::net
