#include "net/field_list.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace guildhall::net {
namespace {

using testing::ElementsAre;

std::vector<std::string> items(std::string_view list, char separator) {
  std::vector<std::string> all;
  while (!list.empty()) all.emplace_back(take_item(list, separator));
  return all;
}

TEST(FieldList, IsTakenApart) {
  EXPECT_THAT(items("a, b ,\tc", ','), ElementsAre("a", "b", "c"));
  EXPECT_THAT(items("x; y=1;;z", ';'), ElementsAre("x", "y=1", "", "z"));
}

TEST(FieldList, LeavesQuotedStringsWhole) {
  EXPECT_THAT(items(R"(a="1,2", b="\",", c)", ','), ElementsAre(R"(a="1,2")", R"(b="\",")", "c"));
  EXPECT_THAT(items(R"("open, b\)", ','), ElementsAre(R"("open, b\)"));
}

TEST(FieldList, KnowsItsTokens) {
  EXPECT_TRUE(lists_token("keep-alive, Upgrade", "upgrade"));
  EXPECT_FALSE(lists_token("upgrades, up grade", "upgrade"));
  EXPECT_FALSE(lists_token("", "upgrade"));
}

}  // namespace
}  // namespace guildhall::net
