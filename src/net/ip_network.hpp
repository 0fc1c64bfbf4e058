#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <optional>
#include <span>
#include <string_view>

namespace guildhall::net {

/// A range of addresses in CIDR notation (RFC 4632): `10.0.0.0/8`, `fd00::/8`, or one address.
class IpNetwork {
 public:
  /// Nothing if `text` is not an address or the prefix length does not fit it.
  [[nodiscard]] static std::optional<IpNetwork> parse(std::string_view text);

  /// An IPv4-mapped IPv6 address counts as the IPv4 address it stands for.
  [[nodiscard]] bool contains(const boost::asio::ip::address& address) const;

 private:
  explicit IpNetwork(const boost::asio::ip::network_v6& network) : network_(network) {}

  boost::asio::ip::network_v6 network_;  ///< Canonical; IPv4 as IPv4-mapped.
};

/// The client of a request: `peer`, unless that is one of `proxies`; then the right-most address of `forwarded_for`
/// (the X-Forwarded-For header field) that is not a proxy. A client's own entries in that field are never trusted.
[[nodiscard]] boost::asio::ip::address client_address(const boost::asio::ip::address& peer,
                                                      std::optional<std::string_view> forwarded_for,
                                                      std::span<const IpNetwork> proxies);

/// What limits count as one client: an IPv4 address, or the first address of an IPv6 /64, because whoever has one IPv6
/// address has a /64 of them (RFC 6177). IPv6 addresses that stand for an IPv4 address (IPv4-mapped, NAT64 as of
/// RFC 6052) count as that one. Zones are left out.
[[nodiscard]] boost::asio::ip::address client_network(const boost::asio::ip::address& address);

}  // namespace guildhall::net
