#include "net/ip_network.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace guildhall::net {
namespace {

using boost::asio::ip::address;

address unmapped(const address& given) {
  if (given.is_v6() && given.to_v6().is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, given.to_v6());
  }
  return given;
}

template <class Bytes>
bool same_prefix(const Bytes& a, const Bytes& b, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
  const unsigned rest = bits % 8;
  return rest == 0 || (a[whole] >> (8 - rest)) == (b[whole] >> (8 - rest));
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
  const auto slash = text.find('/');
  boost::system::error_code error;
  IpNetwork network;
  network.address_ = unmapped(boost::asio::ip::make_address(std::string(text.substr(0, slash)), error));
  if (error) return std::nullopt;
  const unsigned bits = network.address_.is_v4() ? 32 : 128;
  network.prefix_length_ = bits;
  if (slash != std::string_view::npos) {
    const auto length = text.substr(slash + 1);
    const auto* end = length.data() + length.size();
    const auto [stop, failed] = std::from_chars(length.data(), end, network.prefix_length_);
    if (failed != std::errc{} || stop != end || network.prefix_length_ > bits) return std::nullopt;
  }
  return network;
}

bool IpNetwork::contains(const address& given) const {
  const address candidate = unmapped(given);
  if (candidate.is_v4() != address_.is_v4()) return false;
  return candidate.is_v4() ? same_prefix(candidate.to_v4().to_bytes(), address_.to_v4().to_bytes(), prefix_length_)
                           : same_prefix(candidate.to_v6().to_bytes(), address_.to_v6().to_bytes(), prefix_length_);
}

address client_address(const address& peer, std::optional<std::string_view> forwarded_for,
                       std::span<const IpNetwork> proxies) {
  const auto trusted = [proxies](const address& candidate) {
    return std::any_of(proxies.begin(), proxies.end(),
                       [&candidate](const IpNetwork& proxy) { return proxy.contains(candidate); });
  };
  address client = unmapped(peer);
  std::string_view rest = forwarded_for.value_or("");
  while (trusted(client) && !rest.empty()) {
    const auto comma = rest.find_last_of(',');
    const auto last = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
    boost::system::error_code error;
    const address named = boost::asio::ip::make_address(std::string(last), error);
    if (error) break;  // Not an address: believe nothing further to the left.
    client = unmapped(named);
  }
  return client;
}

}  // namespace guildhall::net
