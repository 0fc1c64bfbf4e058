#include "net/ip_network.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guildhall::net {
namespace {

using boost::asio::ip::make_address;

TEST(IpNetwork, ContainsAddressesWithItsPrefix) {
  const auto ten = IpNetwork::parse("10.1.0.0/15");
  ASSERT_TRUE(ten);
  EXPECT_TRUE(ten->contains(make_address("10.0.255.1")));
  EXPECT_TRUE(ten->contains(make_address("10.1.255.1")));
  EXPECT_FALSE(ten->contains(make_address("10.2.0.1")));
  EXPECT_TRUE(ten->contains(make_address("::ffff:10.1.2.3")));
  EXPECT_FALSE(ten->contains(make_address("fd00::1")));
  EXPECT_TRUE(IpNetwork::parse("fd00::/8")->contains(make_address("fdff::1")));
  EXPECT_TRUE(IpNetwork::parse("0.0.0.0/0")->contains(make_address("1.2.3.4")));
}

TEST(ClientNetwork, IsAnIpv4AddressOrAnIpv6Customer) {
  EXPECT_EQ(client_network(make_address("192.0.2.7")), make_address("192.0.2.7"));
  EXPECT_EQ(client_network(make_address("::ffff:192.0.2.7")), make_address("192.0.2.7"));
  EXPECT_EQ(client_network(make_address("2001:db8:1:2:3:4:5:6")), make_address("2001:db8:1:2::"));
  EXPECT_NE(client_network(make_address("2001:db8:1:3::1")), client_network(make_address("2001:db8:1:2::1")));
}

TEST(IpNetwork, RefusesInvalidText) {
  for (const auto* text : {"", "x", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "fd00::/129"}) {
    EXPECT_FALSE(IpNetwork::parse(text)) << text;
  }
}

TEST(ClientAddress, TrustsOnlyConfiguredProxies) {
  const std::vector proxies{*IpNetwork::parse("127.0.0.1"), *IpNetwork::parse("10.0.0.0/8")};
  const auto client = [&](const char* peer, std::optional<std::string_view> forwarded) {
    return client_address(make_address(peer), forwarded, proxies).to_string();
  };
  EXPECT_EQ(client("192.0.2.1", "1.1.1.1"), "192.0.2.1");
  EXPECT_EQ(client("127.0.0.1", "1.1.1.1"), "1.1.1.1");
  EXPECT_EQ(client("127.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.9"), "1.1.1.1");
  EXPECT_EQ(client("127.0.0.1", "1.1.1.1, junk"), "127.0.0.1");
  EXPECT_EQ(client("127.0.0.1", std::nullopt), "127.0.0.1");
  EXPECT_EQ(client("127.0.0.1", "10.0.0.2"), "10.0.0.2");
}

TEST(ClientNetwork, IsAnIpv4AddressOrAnIpv6Slash64) {
  const auto network = [](const char* text) { return client_network(make_address(text)).to_string(); };
  EXPECT_EQ(network("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network("64:ff9b::192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
  EXPECT_EQ(network("2001:db8:1:2::"), network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  EXPECT_NE(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
  EXPECT_EQ(network("fe80::1%1"), network("fe80::2%2"));
  EXPECT_EQ(network("::1"), "::");
}

}  // namespace
}  // namespace guildhall::net
