#include "server/socket/check_schedule.hpp"

#include <gtest/gtest.h>

namespace guildhall::server {
namespace {

using namespace std::chrono_literals;

class CheckScheduleTest : public ::testing::Test {
 protected:
  struct Client {};
  using Schedule = CheckSchedule<Client>;
  using Due = std::vector<std::shared_ptr<Client>>;

  std::shared_ptr<Client> add(base::UserId user, const std::string& session,
                              Schedule::Time expires = Schedule::Time::max()) {
    auto client = std::make_shared<Client>();
    schedule_.add(client, user, session, start_, expires);
    return client;
  }
  [[nodiscard]] Due due(std::chrono::milliseconds later) { return schedule_.take_due(start_ + later); }

  Schedule schedule_;
  Schedule::Time start_{1h};
};

TEST_F(CheckScheduleTest, ClientsAreDueEachInterval) {
  const auto ada = add(base::UserId(1), "a");
  EXPECT_EQ(due(Schedule::interval - 1ms), Due{});
  EXPECT_EQ(due(Schedule::interval), Due{ada});
  EXPECT_EQ(due(Schedule::interval + 1ms), Due{});
  EXPECT_EQ(due(2 * Schedule::interval), Due{ada});
}

TEST_F(CheckScheduleTest, ClientsAreDueWhenTheirSessionExpires) {
  const auto ada = add(base::UserId(1), "a", start_ + 2s);
  EXPECT_EQ(due(1999ms), Due{});
  EXPECT_EQ(due(2s), Due{ada});
  EXPECT_EQ(due(3s), Due{});
}

TEST_F(CheckScheduleTest, ClientsAreDueAtOnceAfterAChange) {
  const auto ada = add(base::UserId(1), "a");
  const auto grace = add(base::UserId(2), "b");
  schedule_.recheck_session("b");
  EXPECT_EQ(due(0ms), Due{grace});
  schedule_.recheck_user(base::UserId(1));
  EXPECT_EQ(due(0ms), Due{ada});
  schedule_.recheck_all();
  EXPECT_EQ(due(0ms).size(), 2U);
}

TEST_F(CheckScheduleTest, RemovedClientsAreNotDue) {
  const auto ada = add(base::UserId(1), "a");
  schedule_.remove(*ada);
  EXPECT_EQ(due(Schedule::interval), Due{});
}

}  // namespace
}  // namespace guildhall::server
