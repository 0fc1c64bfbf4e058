#include "base/failure.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace guildhall::base {
namespace {

TEST(Failure, SaysWhatTheExceptionSays) {
  EXPECT_EQ(describe(std::make_exception_ptr(std::runtime_error("no luck"))), "no luck");
  EXPECT_EQ(describe(std::make_exception_ptr(7)), "an exception of no known type");
}

}  // namespace
}  // namespace guildhall::base
