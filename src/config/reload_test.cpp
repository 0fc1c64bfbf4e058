#include "config/reload.hpp"

#include <gmock/gmock.h>

namespace guildhall::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Environment of(std::initializer_list<std::pair<std::string_view, std::string_view>> variables) {
  Environment environment;
  for (const auto& [name, value] : variables) environment.offer(name, value, "a test");
  return environment;
}

TEST(Reload, TellsWhatItAppliesFromWhatNeedsARestart) {
  const auto changes =
      compare(of({{"PORT", "80"}, {"JWT_SECRET", "a"}}),
              of({{"PORT", "81"}, {"JWT_SECRET", "b"}, {"LOG_LEVEL", "debug"}, {"ADMIN_USER_IDS", "1"}}));
  EXPECT_THAT(changes.reloaded, ElementsAre("JWT_SECRET", "ADMIN_USER_IDS", "LOG_LEVEL"));
  EXPECT_THAT(changes.need_restart, ElementsAre("PORT"));
}

TEST(Reload, AnUnsetVariableHasItsDefault) {
  const auto changes = compare(of({}), of({{"LOG_LEVEL", "info"}, {"HOST", "127.0.0.1"}}));
  EXPECT_THAT(changes.reloaded, IsEmpty());
  EXPECT_THAT(changes.need_restart, IsEmpty());
}

TEST(Reload, AVariableThatIsTakenOutChanges) {
  EXPECT_THAT(compare(of({{"CORS_ORIGINS", "https://a.example"}}), of({})).reloaded, ElementsAre("CORS_ORIGINS"));
}

}  // namespace
}  // namespace guildhall::config
