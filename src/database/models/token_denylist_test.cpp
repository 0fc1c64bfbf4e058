#include "database/models/token_denylist.hpp"

#include <gtest/gtest.h>
#include <soci/soci.h>

#include <thread>

#include "database/purge_time.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::run;

class TokenDenylistTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  [[nodiscard]] base::Timestamp soon() const { return test_database_.clock.now() + 1h; }
  [[nodiscard]] int rows() {
    ReadJob<int> job = [](soci::session& sql) {
      int count = 0;
      sql << "SELECT COUNT(*) FROM spent_tokens", soci::into(count);
      return count;
    };
    return run(database_->read(job));
  }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  TokenDenylist tokens_{*database_};
};

TEST_P(TokenDenylistTest, ATokenIsDeniedOnce) {
  EXPECT_EQ(run(tokens_.check("a")), TokenState::accepted);
  EXPECT_TRUE(run(tokens_.deny("a", soon())));
  EXPECT_FALSE(run(tokens_.deny("a", soon())));
  EXPECT_EQ(run(tokens_.check("a")), TokenState::denied);
  EXPECT_EQ(run(tokens_.check("A")), TokenState::accepted);
}

TEST_P(TokenDenylistTest, IsRememberedOverARestart) {
  EXPECT_TRUE(run(tokens_.deny("a", soon())));
  const auto later = test_database_.open();
  TokenDenylist again{*later};
  EXPECT_EQ(run(again.check("a")), TokenState::denied);
}

TEST_P(TokenDenylistTest, IsCheckedWithoutAsking) {
  EXPECT_TRUE(run(tokens_.deny("a", soon())));
  EXPECT_TRUE(eventually([&] {
    const auto reads = database_->counters().reads;
    EXPECT_EQ(run(tokens_.check("a")), TokenState::denied);
    EXPECT_EQ(run(tokens_.check("b")), TokenState::accepted);
    return database_->counters().reads == reads;
  }));
}

TEST_P(TokenDenylistTest, OnlyOneOfTwoProcessesDeniesAToken) {
  const auto other_database = test_database_.open();
  TokenDenylist others{*other_database};
  for (int i = 0; i < 20; ++i) {
    const auto id = "token " + std::to_string(i);
    bool other_was_first = false;
    std::thread other([&] { other_was_first = run(others.deny(id, soon())); });
    const bool was_first = run(tokens_.deny(id, soon()));
    other.join();
    EXPECT_NE(was_first, other_was_first);
  }
}

TEST_P(TokenDenylistTest, NoProcessTakesATokenAfterTheTimeToSettle) {
  const auto other_database = test_database_.open();
  TokenDenylist others{*other_database};
  for (int i = 0; i < 3; ++i) {
    const auto id = "token " + std::to_string(i);
    EXPECT_EQ(run(others.check(id)), TokenState::accepted);
    EXPECT_TRUE(run(tokens_.deny(id, soon())));
    std::this_thread::sleep_for(ChangeFeed::settle_time);
    EXPECT_EQ(run(others.check(id)), TokenState::denied);
  }
}

TEST_P(TokenDenylistTest, ExpiredOnesAreRemovedInSteps) {
  WriteJob<void> fill = [](soci::session& sql, Changes&) {
    sql << "INSERT INTO spent_tokens (id, expires_at) "
           "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 900) "
           "SELECT n, '2020-01-01 00:00:00.000' FROM number";
  };
  run(database_->write(fill));
  test_database_.clock.advance(PurgeTime::believed_after);
  EXPECT_TRUE(run(tokens_.deny("young", soon())));
  tokens_.purge_expired();
  EXPECT_TRUE(eventually([&] { return rows() == 1; }));
  EXPECT_EQ(run(tokens_.check("young")), TokenState::denied);
}

TEST_P(TokenDenylistTest, ExpiredOnesStayForAMargin) {
  EXPECT_TRUE(run(tokens_.deny("a", soon())));
  test_database_.clock.advance(2h + TokenDenylist::margin / 2);
  tokens_.purge_expired();
  EXPECT_TRUE(run(tokens_.deny("b", soon()))) << "a write behind the purge";
  EXPECT_EQ(rows(), 2);
  test_database_.clock.advance(TokenDenylist::margin);
  tokens_.purge_expired();
  EXPECT_TRUE(eventually([&] { return rows() == 1; }));
}

TEST_P(TokenDenylistTest, TooManyToRememberAreStillKnown) {
  auto options = test_database_.options();
  options.readers = 1;  // reads then end in their order
  const auto database = test_database_.open(options);
  TokenDenylist forgetful{*database, 10};
  const auto check_all = [&] {
    for (int i = 0; i < 15; ++i) EXPECT_EQ(run(forgetful.check("token " + std::to_string(i))), TokenState::denied) << i;
    EXPECT_EQ(run(forgetful.check("other")), TokenState::accepted);
  };
  for (int i = 0; i < 15; ++i) EXPECT_TRUE(run(forgetful.deny("token " + std::to_string(i), soon())));
  check_all();
  forgetful.purge_expired();
  run(database->ping());
  check_all();
}

INSTANTIATE_TEST_SUITE_P(Dialects, TokenDenylistTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
