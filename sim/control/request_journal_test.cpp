#include "sim/control/request_journal.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

RecordedRequest request(std::string target, std::string body = {}) {
  RecordedRequest made;
  made.target = std::move(target);
  made.body = std::move(body);
  return made;
}

TEST(RequestJournal, KeepsTheLastTenThousandInOrder) {
  RequestJournal journal;
  for (int i = 0; i < 10'005; ++i) journal.add(request(std::to_string(i)));
  ASSERT_EQ(journal.requests().size(), 10'000U);
  EXPECT_EQ(journal.requests().front().target, "5");
  EXPECT_EQ(journal.requests().back().target, "10004");
}

TEST(RequestJournal, KeepsFewerWhereTheyAreLarge) {
  RequestJournal journal;
  const std::string megabyte(1024 * 1024, 'x');
  for (int i = 0; i < 100; ++i) journal.add(request(std::to_string(i), megabyte));
  EXPECT_LE(journal.requests().size(), 64U);
  EXPECT_GE(journal.requests().size(), 60U);
  EXPECT_EQ(journal.requests().back().target, "99");
}

TEST(RequestJournal, ForgetsWhenTold) {
  RequestJournal journal;
  journal.add(request("/"));
  journal.clear();
  EXPECT_TRUE(journal.requests().empty());
}

}  // namespace
}  // namespace guildhall::sim
