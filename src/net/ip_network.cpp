#include "net/ip_network.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace guildhall::net {
namespace {

using namespace boost::asio::ip;
using boost::system::error_code;

/// Without the zone of a link-local address.
address_v6 as_v6(const address& given) {
  return given.is_v4() ? make_address_v6(v4_mapped, given.to_v4()) : address_v6(given.to_v6().to_bytes());
}

address unmapped(const address& given) {
  const bool mapped = given.is_v6() && given.to_v6().is_v4_mapped();
  return mapped ? make_address_v4(v4_mapped, given.to_v6()) : given;
}

}  // namespace

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
  const bool has_length = text.find('/') != std::string_view::npos;
  error_code error;
  const auto address = as_v6(make_address(std::string(base::take_until(text, '/')), error));
  if (error) return std::nullopt;
  const unsigned bits = address.is_v4_mapped() ? 32 : 128;
  const auto length = has_length ? base::parse_number<unsigned>(text) : bits;
  if (!length || *length > bits) return std::nullopt;
  return IpNetwork(network_v6(address, static_cast<unsigned short>(128 - bits + *length)).canonical());
}

bool IpNetwork::contains(const address& given) const {
  const auto candidate = as_v6(given);
  // An IPv6 network such as ::/0 has no IPv4 addresses.
  if (candidate.is_v4_mapped() != network_.address().is_v4_mapped()) return false;
  return network_v6(candidate, network_.prefix_length()).canonical() == network_;
}

address client_address(const address& peer, std::optional<std::string_view> forwarded_for,
                       std::span<const IpNetwork> proxies) {
  address client = unmapped(peer);
  std::string_view rest = forwarded_for.value_or("");
  const auto is_proxy = [&client](const IpNetwork& proxy) { return proxy.contains(client); };
  while (!rest.empty() && std::ranges::any_of(proxies, is_proxy)) {
    const auto comma = rest.rfind(',');
    const auto last = base::trim(rest.substr(comma + 1), " \t");  // npos + 1 is 0.
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
    error_code error;
    const address named = make_address(std::string(last), error);
    if (error) break;  // Entries further to the left are not trusted either.
    client = unmapped(named);
  }
  return client;
}

address client_network(const address& given) {
  const auto plain = unmapped(given);
  if (plain.is_v4()) return plain;
  constexpr std::array<unsigned char, 12> nat64{0x00, 0x64, 0xff, 0x9b};  // 64:ff9b::/96
  auto bytes = plain.to_v6().to_bytes();
  if (std::equal(nat64.begin(), nat64.end(), bytes.begin())) {
    return address_v4({bytes[12], bytes[13], bytes[14], bytes[15]});
  }
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return address_v6(bytes);
}

}  // namespace guildhall::net
