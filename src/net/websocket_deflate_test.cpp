#include "net/websocket_deflate.hpp"

#include <gtest/gtest.h>

#include <random>

namespace guildhall::net {
namespace {

using namespace std::string_literals;

constexpr const char* accepted = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

TEST(Deflate, MatchesTheExamplesOfRfc7692Section7_2_3) {
  EXPECT_EQ(deflate_message("Hello"), "\xF2\x48\xCD\xC9\xC9\x07\x00"s);
  EXPECT_EQ(inflate_message("\xF2\x48\xCD\xC9\xC9\x07\x00"s, 5).message, "Hello");
  EXPECT_EQ(inflate_message("\x00\x05\x00\xFA\xFF\x48\x65\x6C\x6C\x6F\x00"s, 5).message, "Hello");  // not compressed
  EXPECT_EQ(inflate_message("\xF3\x48\xCD\xC9\xC9\x07\x00\x00"s, 5).message, "Hello");              // BFINAL
  EXPECT_EQ(inflate_message("\xF2\x48\x05\x00\x00\x00\xFF\xFF\xCA\xC9\xC9\x07\x00"s, 5).message,
            "Hello");  // two blocks
}

TEST(Deflate, RoundTripsAllSizes) {
  std::mt19937 random(3);
  for (const std::size_t size : {0U, 1U, 1000U, 16'383U, 16'384U, 16'385U, 300'000U}) {
    std::string message(size, 'a');
    for (std::size_t i = 0; i < size; i += 2) message[i] = static_cast<char>(random());
    const auto inflated = inflate_message(deflate_message(message), size);
    EXPECT_EQ(inflated.outcome, Inflated::Outcome::done);
    EXPECT_EQ(inflated.message, message);
  }
}

TEST(Deflate, StopsAtTheLimit) {
  const std::string deflated = deflate_message(std::string(1'000'000, 'x'));
  EXPECT_EQ(inflate_message(deflated, 999'999).outcome, Inflated::Outcome::too_big);
  EXPECT_LT(inflate_message(deflated, 1000).message.size(), 1001U);
}

TEST(Deflate, AcceptsOffersThatItCanMeet) {
  EXPECT_EQ(accept_deflate("permessage-deflate"), accepted);
  EXPECT_EQ(accept_deflate("permessage-deflate; client_max_window_bits"), accepted);
  EXPECT_EQ(accept_deflate("x-unknown, Permessage-Deflate; client_max_window_bits=\"12\"; server_no_context_takeover"),
            accepted);
  EXPECT_EQ(accept_deflate("permessage-deflate; server_max_window_bits=10, permessage-deflate"), accepted);
}

TEST(Deflate, DeclinesOtherOffers) {
  for (const char* offers :
       {"", "x-webkit-deflate-frame", "permessage-deflate; server_max_window_bits=10", "permessage-deflate; unknown",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; client_max_window_bits=16", "permessage-deflate; client_max_window_bits=7"}) {
    EXPECT_FALSE(accept_deflate(offers)) << offers;
  }
}

}  // namespace
}  // namespace guildhall::net
