#include "server/self_check.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>

namespace guildhall::server {
namespace {

using namespace std::chrono_literals;

jwt::Jwe keyed(char c) { return jwt::Jwe(std::array{base::Secret(std::string(32, c))}); }

struct SelfCheckTest : testing::Test {
  [[nodiscard]] net::Request request(const std::string& field) const {
    net::Request made;
    made.client = boost::asio::ip::make_address("192.0.2.9");
    made.headers = {{"Host", "bot.example"}, {"X-Forwarded-For", "203.0.113.5"}, {"X-Forwarded-Proto", "https"}};
    if (!field.empty()) made.headers.add("X-Guildhall-Check", field);
    return made;
  }
  const jwt::Jwe ours = keyed('a');
  const base::Timestamp now{1'800'000'000s};
};

TEST_F(SelfCheckTest, TellsWhoeverHasTheKeyWhatArrived) {
  const auto told = answer_self_check(ours, request(self_check_request(ours, now)), "1.0", now + 5s);
  ASSERT_TRUE(told);
  const auto arrival = read_self_check_answer(ours, *told);
  ASSERT_TRUE(arrival);
  EXPECT_EQ(arrival->client, "192.0.2.9");
  EXPECT_EQ(arrival->host, "bot.example");
  EXPECT_EQ(arrival->forwarded_for, "203.0.113.5");
  EXPECT_EQ(arrival->forwarded_proto, "https");
  EXPECT_EQ(arrival->version, "1.0");
  EXPECT_FALSE(read_self_check_answer(keyed('b'), *told)) << "another installation's answer";
}

TEST_F(SelfCheckTest, TellsNobodyElse) {
  EXPECT_FALSE(answer_self_check(ours, request(""), "1.0", now));
  EXPECT_FALSE(answer_self_check(ours, request("guess"), "1.0", now));
  EXPECT_FALSE(answer_self_check(ours, request(self_check_request(keyed('b'), now)), "1.0", now));
  EXPECT_FALSE(answer_self_check(ours, request(self_check_request(ours, now)), "1.0", now + 2min)) << "recorded";
  EXPECT_FALSE(answer_self_check(ours, request(ours.encrypt("{}")), "1.0", now));
}

}  // namespace
}  // namespace guildhall::server
