#include "vm/zygote.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "vm/protocol.hpp"

namespace guildhall::vm {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ZygoteTest, DescribesWhatTheMachineLacks) {
  EXPECT_THAT(describe_missing(protocol::missing_seccomp), AllOf(HasSubstr("seccomp"), Not(HasSubstr("namespace"))));
  EXPECT_THAT(describe_missing(protocol::missing_namespaces | protocol::missing_empty_root),
              AllOf(HasSubstr("namespaces (user"), HasSubstr("empty file system"), Not(HasSubstr("seccomp"))));
  EXPECT_THAT(describe_missing(1U << 20), HasSubstr("does not know"));
}

}  // namespace
}  // namespace guildhall::vm
