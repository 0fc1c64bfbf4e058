#include "database/models/kept_token_repository.hpp"

#include <gtest/gtest.h>

#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using test::run;

class KeptTokenRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  KeptTokenRepository kept_{*database_};
};

TEST_P(KeptTokenRepositoryTest, KeepsTokensOfAnyLengthUntilTheyAreRemoved) {
  const auto expires_at = test_database_.clock.now() + std::chrono::hours(1);
  run(kept_.add({"jti", std::string(100'000, 'a'), "refresh", expires_at}));
  const auto found = run(kept_.find("jti"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->access_token.size(), 100'000U);
  EXPECT_EQ(found->refresh_token, "refresh");
  EXPECT_FALSE(run(kept_.find("JTI")));
  run(kept_.remove("jti"));
  EXPECT_FALSE(run(kept_.find("jti")));
}

INSTANTIATE_TEST_SUITE_P(Dialects, KeptTokenRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
