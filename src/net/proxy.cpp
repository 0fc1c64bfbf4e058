#include "net/proxy.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "net/http.hpp"
#include "net/ip_network.hpp"

namespace guildhall::net {
namespace {

std::vector<std::string> split_exceptions(std::string_view list) {
  std::vector<std::string> items;
  while (!list.empty()) {
    const auto item = base::trim(base::take_until(list, ','), " \t");
    if (!item.empty()) items.emplace_back(item);
  }
  return items;
}

/// Takes `:8080` off the end of a host; nothing if there is none. An IPv6 address has more than one colon.
std::optional<std::string_view> take_port(std::string_view& exception) {
  const auto colon = exception.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const bool bracketed = exception.starts_with('[') && colon > 0 && exception[colon - 1] == ']';
  if (!bracketed && exception.find(':') != colon) return std::nullopt;
  const auto port = exception.substr(colon + 1);
  exception = exception.substr(0, colon);
  return port;
}

bool is_below(std::string_view host, std::string_view domain) {
  if (domain.starts_with('*')) domain.remove_prefix(1);
  if (domain.starts_with('.')) domain.remove_prefix(1);
  if (domain.empty() || host.size() < domain.size()) return false;
  const auto tail = host.substr(host.size() - domain.size());
  return equal_ignoring_case(tail, domain) &&
         (host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.');
}

bool excepts(std::string_view exception, const Url& to) {
  if (exception == "*") return true;
  if (const auto port = take_port(exception); port && *port != to.port) return false;
  if (exception.starts_with('[') && exception.ends_with(']')) exception = exception.substr(1, exception.size() - 2);
  boost::system::error_code not_an_address;
  const auto address = boost::asio::ip::make_address(to.host, not_an_address);
  if (!not_an_address) {
    const auto network = IpNetwork::parse(exception);
    return network && network->contains(address);
  }
  return is_below(to.host, exception);
}

}  // namespace

std::shared_ptr<const Proxy> Proxy::parse(std::string_view url, std::string_view exceptions) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || parsed->scheme_id() != boost::urls::scheme::http || parsed->host().empty()) return nullptr;
  const bool bare = parsed->encoded_path().empty() || parsed->encoded_path() == "/";
  if (!bare || parsed->has_query() || parsed->has_fragment()) return nullptr;
  auto proxy = std::make_shared<Proxy>();
  proxy->host_ = parsed->host_address();
  proxy->port_ = parsed->has_port() && !parsed->port().empty() ? std::string(parsed->port()) : "80";
  if (parsed->has_userinfo()) proxy->credentials_ = parsed->user() + ":" + parsed->password();
  proxy->exceptions_ = split_exceptions(exceptions);
  return proxy;
}

bool Proxy::serves(const Url& to) const {
  return to.tls &&
         std::ranges::none_of(exceptions_, [&](const std::string& exception) { return excepts(exception, to); });
}

std::string Proxy::connect_request(const Url& to) const {
  const bool ipv6 = to.host.find(':') != std::string::npos;
  const auto authority = (ipv6 ? "[" + to.host + "]" : to.host) + ":" + to.port;
  std::string request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
  if (!credentials_.empty()) {
    request += "Proxy-Authorization: Basic " + base::encode_base64(credentials_) + "\r\n";
  }
  return request + "\r\n";
}

std::optional<std::string> refusal_of_tunnel(std::string_view head) {
  // HTTP/1.1 200 Connection established
  constexpr std::size_t status_at = 9;
  constexpr std::size_t status_length = 3;
  const bool http = head.starts_with("HTTP/1.") && head.size() > status_at + status_length;
  const auto status = http ? head.substr(status_at, status_length) : std::string_view();
  if (!std::ranges::all_of(status, base::is_digit) || status.empty()) {
    return "its answer is not HTTP";
  }
  if (status.starts_with('2')) return std::nullopt;
  if (status == "407") return "it wants a user name and password (407); write them into HTTPS_PROXY";
  return "it answered with status " + std::string(status);
}

}  // namespace guildhall::net
