#include "database/models/command_use_repository.hpp"

#include <gtest/gtest.h>

#include <future>

#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using base::CommandId;
using base::GuildId;
using test::run;
using namespace std::chrono_literals;

class CommandUseRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  void add(std::vector<CommandUse> uses) {
    std::promise<std::exception_ptr> ended;
    uses_.start_add(std::move(uses), [&ended](std::exception_ptr error) { ended.set_value(std::move(error)); });
    EXPECT_EQ(ended.get_future().get(), nullptr);
  }

  [[nodiscard]] CommandUse use(std::uint64_t command, long long day, long long uses) const {
    return {GuildId{UINT64_MAX}, day, CommandId{command}, uses, 0, {}, {}};
  }
  [[nodiscard]] CommandUse failure(std::uint64_t command, long long day, std::string reason) const {
    return {GuildId{UINT64_MAX}, day, CommandId{command}, 1, 1, test_database_.clock.now(), std::move(reason)};
  }
  std::vector<CommandUse> list(long long first_day) { return run(uses_.list(GuildId{UINT64_MAX}, first_day)); }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  CommandUseRepository uses_{*database_};
  const long long today_ = day_of(test_database_.clock.now());
};

TEST_P(CommandUseRepositoryTest, AddsUpTheUsesOfADay) {
  add({use(7, today_, 2), use(8, today_, 1)});
  add({failure(7, today_, "Missing Access")});
  add({use(7, today_, 4)});
  const auto all = list(today_);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].command_id, CommandId{7});
  EXPECT_EQ(all[0].uses, 7);
  EXPECT_EQ(all[0].failures, 1);
  EXPECT_EQ(all[0].last_failure, "Missing Access");
  EXPECT_EQ(all[0].last_failure_at, test_database_.clock.now());
  EXPECT_EQ(all[1].uses, 1);
  EXPECT_FALSE(all[1].last_failure);
}

TEST_P(CommandUseRepositoryTest, KnowsTheLastFailure) {
  add({failure(7, today_, "first")});
  test_database_.clock.advance(1min);
  add({failure(7, today_, std::string(CommandUse::max_failure, 'x'))});
  ASSERT_EQ(list(today_).size(), 1U);
  EXPECT_EQ(list(today_)[0].last_failure, std::string(CommandUse::max_failure, 'x'));
  EXPECT_EQ(list(today_)[0].last_failure_at, test_database_.clock.now());
}

TEST_P(CommandUseRepositoryTest, ListsOneGuildFromADayOn) {
  add({use(7, today_ - 1, 1), use(7, today_, 1), {GuildId{2}, today_, CommandId{9}, 1, 0, {}, {}}});
  EXPECT_EQ(list(today_ - 1).size(), 2U);
  EXPECT_EQ(list(today_ - 1)[0].day, today_ - 1);
  EXPECT_EQ(list(today_).size(), 1U);
  EXPECT_TRUE(list(today_ + 1).empty());
}

TEST_P(CommandUseRepositoryTest, OldDaysLeave) {
  add({use(7, today_, 1), use(8, today_, 1), use(7, today_ + 2, 1)});
  test_database_.clock.advance(24h * CommandUseRepository::retention.count());
  uses_.purge();
  EXPECT_TRUE(test::eventually([&] { return list(0).size() == 1; }));
  EXPECT_EQ(list(0)[0].day, today_ + 2);
}

TEST(DayOf, CountsFromTheBeginningOf1970InUtc) {
  EXPECT_EQ(day_of(base::Timestamp{}), 0);
  EXPECT_EQ(day_of(base::Timestamp{24h - 1ms}), 0);
  EXPECT_EQ(day_of(base::Timestamp{24h}), 1);
}

INSTANTIATE_TEST_SUITE_P(Dialects, CommandUseRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
