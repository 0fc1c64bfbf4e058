#include "database/change_feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include "database/dialect.hpp"
#include "database/migrator.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ChangeFeedTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  ChangeFeedTest() {
    dialect_->prepare();
    sql_ = dialect_->connect(Access::write);
    migrate(*sql_, *dialect_, migrations(), test_database_.clock.now());
  }

  /// A feed that notes the guilds it is told of, as if in a process of its own.
  struct Process {
    Process(ChangeFeedTest& test, std::int64_t overlap) : feed(ChangeFeed::Writers::many, overlap) {
      subscription = feed.subscribe(Entity::guild, {[this](const Change& change) { told.push_back(change.id); },
                                                    [this] { told.push_back("missed"); }});
      feed.begin(*test.sql_, test.now_);
    }
    [[nodiscard]] std::vector<std::string> take() { return std::exchange(told, {}); }

    ChangeFeed feed;
    std::vector<std::string> told;
    ChangeFeed::Subscription subscription;
  };

  /// As a transaction of `process` does, without its announcement.
  std::vector<ChangeFeed::Numbered> write(Process& process, std::uint64_t guild) {
    Changes changes;
    changes.add(Entity::guild, base::GuildId{guild});
    return process.feed.append(*sql_, changes, test_database_.clock.now());
  }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Dialect> dialect_ = make_dialect(test_database_.options());
  std::unique_ptr<soci::session> sql_;
  ChangeFeed::TimePoint now_ = std::chrono::steady_clock::now();
};

TEST_P(ChangeFeedTest, TellsOfChangesOfAnotherProcessOnce) {
  Process one(*this, 0);
  Process other(*this, 0);
  static_cast<void>(write(other, 7));
  one.feed.poll(*sql_, now_);
  EXPECT_THAT(one.take(), ElementsAre("7"));
  one.feed.poll(*sql_, now_);
  EXPECT_THAT(one.take(), IsEmpty());
}

TEST_P(ChangeFeedTest, TellsOfItsOwnChangesWhenTheyAreCommittedAndNotAgain) {
  Process process(*this, 0);
  const auto committed = write(process, 7);
  EXPECT_THAT(process.take(), IsEmpty());
  process.feed.announce(committed);
  EXPECT_THAT(process.take(), ElementsAre("7"));
  process.feed.poll(*sql_, now_);
  EXPECT_THAT(process.take(), IsEmpty());
}

TEST_P(ChangeFeedTest, TellsOnlyThoseWhoAskedForTheEntity) {
  Process process(*this, 0);
  Changes changes;
  changes.add(Entity::user, base::UserId{1});
  process.feed.announce(process.feed.append(*sql_, changes, test_database_.clock.now()));
  EXPECT_THAT(process.take(), IsEmpty());
}

TEST_P(ChangeFeedTest, TellsNobodyWhoseSubscriptionHasGone) {
  Process process(*this, 0);
  { const auto ends = std::move(process.subscription); }
  process.feed.announce(write(process, 7));
  EXPECT_THAT(process.take(), IsEmpty());
}

TEST_P(ChangeFeedTest, TellsNothingThatWasThereBefore) {
  Process early(*this, 0);
  static_cast<void>(write(early, 7));
  Process late(*this, 0);
  late.feed.poll(*sql_, now_);
  EXPECT_THAT(late.take(), IsEmpty());
}

TEST_P(ChangeFeedTest, ReadsMoreThanAPageAtOnce) {
  Process one(*this, 0);
  Process other(*this, 0);
  *sql_ << "BEGIN";
  for (std::uint64_t i = 0; i < 2500; ++i) static_cast<void>(write(other, i));
  *sql_ << "COMMIT";
  one.feed.poll(*sql_, now_);
  EXPECT_EQ(one.take().size(), 2500U);
}

TEST_P(ChangeFeedTest, AnOverlapFindsWhatBecomesVisibleLate) {
  Process process(*this, 10);
  const auto insert = [&](int number) {
    *sql_ << "INSERT INTO changes VALUES (:number, 2, :number2, '2026-01-01 00:00:00.000')", soci::use(number),
        soci::use(number);
  };
  insert(2);
  process.feed.poll(*sql_, now_);
  EXPECT_THAT(process.take(), ElementsAre("2"));
  insert(1);  // had its number first, was committed later
  insert(3);
  process.feed.poll(*sql_, now_);
  EXPECT_THAT(process.take(), ElementsAre("1", "3"));
  process.feed.poll(*sql_, now_);
  EXPECT_THAT(process.take(), IsEmpty());
}

TEST_P(ChangeFeedTest, IsFreshForAWhileAfterTheStartOfAPoll) {
  Process process(*this, 0);
  process.feed.poll(*sql_, now_ + 1s);
  EXPECT_TRUE(process.feed.fresh(now_ + 1s + ChangeFeed::trust - 1ms));
  EXPECT_FALSE(process.feed.fresh(now_ + 1s + ChangeFeed::trust));
}

TEST_P(ChangeFeedTest, IsNotFreshWhilePollsFail) {
  Process process(*this, 0);
  *sql_ << "ALTER TABLE changes RENAME TO lost";
  EXPECT_THROW(process.feed.poll(*sql_, now_ + 1s), soci::soci_error);
  EXPECT_FALSE(process.feed.fresh(now_ + 1s));
  *sql_ << "ALTER TABLE lost RENAME TO changes";
  process.feed.poll(*sql_, now_ + 2s);
  EXPECT_TRUE(process.feed.fresh(now_ + 2s));
}

TEST_P(ChangeFeedTest, DoubtsEverythingAfterAPauseThatPurgesMayHaveUsed) {
  Process process(*this, 0);
  process.feed.poll(*sql_, now_ + ChangeFeed::keep);
  EXPECT_THAT(process.take(), ElementsAre("missed"));
}

TEST_P(ChangeFeedTest, PurgesWhatWasThereLongAgoInSteps) {
  Process process(*this, 0);
  *sql_ << "BEGIN";
  for (std::uint64_t i = 0; i < 700; ++i) process.feed.announce(write(process, i));
  *sql_ << "COMMIT";
  process.feed.poll(*sql_, now_);
  process.feed.announce(write(process, 700));
  process.feed.poll(*sql_, now_ + 2min);

  EXPECT_EQ(process.feed.purge(*sql_, now_ + ChangeFeed::keep - 1s), 0);
  EXPECT_EQ(process.feed.purge(*sql_, now_ + ChangeFeed::keep), ChangeFeed::purge_step);
  EXPECT_EQ(process.feed.purge(*sql_, now_ + ChangeFeed::keep), 200);
  EXPECT_EQ(process.feed.purge(*sql_, now_ + ChangeFeed::keep), 0) << "the last one is younger";
  EXPECT_EQ(process.feed.purge(*sql_, now_ + ChangeFeed::keep + 2min), 1);
}

TEST_P(ChangeFeedTest, NeedsNoRowsWhereNobodyElseWrites) {
  ChangeFeed feed(ChangeFeed::Writers::only_this, 0);
  std::vector<std::string> told;
  const auto subscription =
      feed.subscribe(Entity::guild, {[&](const Change& change) { told.push_back(change.id); }, [] {}});
  Changes changes;
  changes.add(Entity::guild, base::GuildId{7});
  feed.announce(feed.append(*sql_, changes, test_database_.clock.now()));
  EXPECT_THAT(told, ElementsAre("7"));
  EXPECT_TRUE(feed.fresh());
  int rows = 0;
  *sql_ << "SELECT COUNT(*) FROM changes", soci::into(rows);
  EXPECT_EQ(rows, 0);
}

INSTANTIATE_TEST_SUITE_P(Dialects, ChangeFeedTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
