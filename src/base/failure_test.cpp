#include "base/failure.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace guildhall::base {
namespace {

TEST(Failure, DescribesTheException) {
  EXPECT_EQ(describe(std::make_exception_ptr(std::runtime_error("no luck"))), "no luck");
  EXPECT_EQ(describe(std::make_exception_ptr(7)), "an exception of an unknown type");
}

}  // namespace
}  // namespace guildhall::base
