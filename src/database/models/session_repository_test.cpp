#include "database/models/session_repository.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database/models/token_denylist.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using test::run;
using ::testing::ElementsAre;
using ::testing::Field;
using namespace std::chrono_literals;

class SessionRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  static constexpr base::UserId ada{2};

  void save(std::string id, base::Timestamp created, base::Timestamp seen, base::Timestamp expires) {
    run(sessions_.save({std::move(id), ada, "Firefox on Linux", created, seen, expires}));
  }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  TokenDenylist denylist_{*database_};
  SessionRepository sessions_{*database_};
  base::Timestamp now_ = test_database_.clock.now();
};

TEST_P(SessionRepositoryTest, ListsWhatHasNotExpiredThoseSeenLastFirst) {
  save("phone", now_ - 3h, now_ - 2h, now_ + 1h);
  save("laptop", now_ - 5h, now_ - 1h, now_ + 1h);
  save("expired", now_ - 5h, now_, now_);
  EXPECT_THAT(run(sessions_.list(ada)), ElementsAre(Field(&Session::id, "laptop"), Field(&Session::id, "phone")));
  EXPECT_TRUE(run(sessions_.list(base::UserId{3})).empty());
  run(denylist_.deny("laptop", now_ + 1h));
  EXPECT_THAT(run(sessions_.list(ada)), ElementsAre(Field(&Session::id, "phone")));
}

TEST_P(SessionRepositoryTest, ASessionThatGoesOnWasCreatedWhenItBegan) {
  save("phone", now_ - 3h, now_ - 2h, now_ + 1h);
  save("phone", now_, now_, now_ + 5h);
  const auto sessions = run(sessions_.list(ada));
  ASSERT_EQ(sessions.size(), 1U);
  EXPECT_EQ(sessions[0].created_at, now_ - 3h);
  EXPECT_EQ(sessions[0].last_seen_at, now_);
  EXPECT_EQ(sessions[0].expires_at, now_ + 5h);
  EXPECT_EQ(sessions[0].browser, "Firefox on Linux");
}

INSTANTIATE_TEST_SUITE_P(Dialects, SessionRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
