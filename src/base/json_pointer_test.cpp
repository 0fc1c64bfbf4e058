#include "base/json_pointer.hpp"

#include <gtest/gtest.h>

namespace guildhall::base {
namespace {

TEST(JsonPointer, IsEscaped) {
  EXPECT_EQ(json_pointer("plain"), "/plain");
  EXPECT_EQ(json_pointer("a/b~c"), "/a~1b~0c");
  EXPECT_EQ(json_pointer(""), "/");
}

}  // namespace
}  // namespace guildhall::base
