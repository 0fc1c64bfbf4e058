#include "server/middleware/rate_limit.hpp"

#include <gtest/gtest.h>

#include <string>

namespace guildhall::server {
namespace {

using boost::asio::ip::make_address;

const auto attacker = make_address("192.0.2.1");
const RefusedLogins::Time start{};

TEST(RefusedLogins, AllowsABurstAndThenOneAtATime) {
  RefusedLogins limit;
  for (int i = 0; i < RefusedLogins::burst; ++i) {
    EXPECT_FALSE(limit.wait(attacker, start)) << i;
    limit.count(attacker, start);
  }
  EXPECT_EQ(limit.wait(attacker, start), RefusedLogins::recovery);
  EXPECT_FALSE(limit.wait(attacker, start + RefusedLogins::recovery));
}

TEST(RefusedLogins, BlamesNobodyElse) {
  RefusedLogins limit;
  for (int i = 0; i < 2 * RefusedLogins::burst; ++i) limit.count(attacker, start);
  EXPECT_TRUE(limit.wait(attacker, start));
  EXPECT_FALSE(limit.wait(make_address("192.0.2.2"), start));
}

TEST(RefusedLogins, CountsTheAddressesOfOneNetworkAsOneClient) {
  RefusedLogins limit;
  for (int i = 0; i < 2 * RefusedLogins::burst; ++i) {
    limit.count(make_address("2001:db8:1:2::" + std::to_string(i)), start);
  }
  EXPECT_TRUE(limit.wait(make_address("2001:db8:1:2:f::1"), start));
  EXPECT_FALSE(limit.wait(make_address("2001:db8:1:3::1"), start));

  for (int i = 0; i < 2 * RefusedLogins::burst; ++i) limit.count(make_address("::ffff:192.0.2.1"), start);
  EXPECT_TRUE(limit.wait(attacker, start));
  EXPECT_FALSE(limit.wait(make_address("::ffff:192.0.2.2"), start));
}

TEST(RefusedLogins, RemembersABoundedNumberOfAddresses) {
  RefusedLogins limit;
  for (std::uint32_t i = 0; i < RefusedLogins::capacity + 10; ++i) {
    limit.count(boost::asio::ip::address_v4(i), start);
  }
  const auto newest = boost::asio::ip::address_v4(RefusedLogins::capacity + 9);
  for (int i = 1; i < RefusedLogins::burst; ++i) limit.count(newest, start);
  EXPECT_TRUE(limit.wait(newest, start));
}

}  // namespace
}  // namespace guildhall::server
