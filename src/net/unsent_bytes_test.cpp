#include "net/unsent_bytes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guildhall::net {
namespace {

constexpr UnsentBytes::Time start{std::chrono::hours(1)};

Response own(std::size_t size) { return {.body = std::string(size, 'x')}; }

Response shared(const std::shared_ptr<const std::string>& body) {
  Response response;
  response.shared_body = body;
  return response;
}

TEST(UnsentBytes, AreBoundedOverAllResponses) {
  UnsentBytes bytes(100);
  auto first = bytes.enter(own(60), start);
  ASSERT_TRUE(first);
  EXPECT_FALSE(bytes.enter(own(41), start));
  EXPECT_TRUE(bytes.enter(own(40), start));
  first.reset();
  EXPECT_EQ(bytes.count(), 0U);
  EXPECT_TRUE(bytes.enter(own(100), start));
}

TEST(UnsentBytes, ASharedBufferCountsOnce) {
  UnsentBytes bytes(100);
  const auto body = std::make_shared<const std::string>(60, 'x');
  std::vector<std::optional<UnsentBytes::Holder>> responses;
  for (int i = 0; i < 30; ++i) responses.push_back(bytes.enter(shared(body), start));
  EXPECT_TRUE(responses.back());
  EXPECT_EQ(bytes.count(), 60U);
  EXPECT_FALSE(bytes.enter(shared(std::make_shared<const std::string>(60, 'x')), start)) << "another buffer";
  responses.clear();
  EXPECT_EQ(bytes.count(), 0U);
}

TEST(UnsentBytes, PartsOfTheProgramDoNotCount) {
  UnsentBytes bytes(1);
  Response response;
  response.static_body = "a part of the program";
  EXPECT_TRUE(bytes.enter(response, start));
  EXPECT_EQ(bytes.count(), 0U);
}

TEST(UnsentBytes, SlowReadersMakeRoomWhileOthersAreRefused) {
  UnsentBytes bytes(100);
  const auto slow = bytes.enter(own(100), start);
  const auto later = start + UnsentBytes::patience;
  EXPECT_FALSE(bytes.must_leave(start, later)) << "nobody is refused";
  EXPECT_FALSE(bytes.enter(own(1), later));
  EXPECT_TRUE(bytes.must_leave(start, later));
  EXPECT_FALSE(bytes.must_leave(later, later));
  EXPECT_FALSE(bytes.must_leave(start, later + UnsentBytes::crowded_for));
}

}  // namespace
}  // namespace guildhall::net
