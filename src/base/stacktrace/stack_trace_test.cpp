#include "base/stacktrace/stack_trace.hpp"

#include <gmock/gmock.h>

#include <stdexcept>
#include <thread>
#include <vector>

namespace guildhall::base {
namespace {

using testing::HasSubstr;
using testing::Not;

[[gnu::noinline]] int read_past_the_end(const std::vector<int>& numbers) { return numbers.at(numbers.size()); }

[[gnu::noinline]] std::exception_ptr make_without_throwing() {
  return std::make_exception_ptr(std::logic_error("made"));
}

template <class... Types>
struct Of {
  [[gnu::noinline]] static StackTrace trace() { return StackTrace::here(); }
};

TEST(StackTrace, NamesFunctionFileAndLine) {
  EXPECT_THAT(Of<int>::trace().to_text(), HasSubstr("::Of::trace (src/base/stacktrace/stack_trace_test.cpp:23)\n"));
}

TEST(StackTrace, LeavesOutTemplateArguments) {
  const auto text = Of<std::vector<int>, int>::trace().to_text();
  EXPECT_THAT(text, HasSubstr("at guildhall::base::(anonymous namespace)::Of::trace ("));
  EXPECT_THAT(text.substr(0, text.find('\n')), Not(HasSubstr("<")));
}

TEST(StackTrace, OfAnExceptionBeginsWhereALibraryThrewIt) {
  try {
    static_cast<void>(read_past_the_end({}));
    FAIL();
  } catch (...) {
    const auto text = StackTrace::of(std::current_exception()).to_text();
    EXPECT_THAT(text, HasSubstr("read_past_the_end"));
    EXPECT_THAT(text, Not(HasSubstr("__cxa_")));
  }
}

TEST(StackTrace, OfAnUnthrownExceptionBeginsWhereItWasCreated) {
  EXPECT_THAT(StackTrace::of(make_without_throwing()).to_text(), HasSubstr("make_without_throwing"));
}

TEST(StackTrace, OfAnExceptionIsKnownOnOtherThreads) {
  std::exception_ptr carried;
  std::thread([&] {
    try {
      static_cast<void>(read_past_the_end({}));
    } catch (...) {
      carried = std::current_exception();
    }
  }).join();
  for (int i = 0; i < 10; ++i) static_cast<void>(make_without_throwing());
  try {
    std::rethrow_exception(carried);
  } catch (...) {
    EXPECT_THAT(StackTrace::of(std::current_exception()).to_text(), HasSubstr("read_past_the_end"));
  }
}

TEST(StackTrace, OfAnOldExceptionIsForgotten) {
  const auto old = make_without_throwing();
  std::vector<std::exception_ptr> newer;
  for (int i = 0; i < 64; ++i) newer.push_back(make_without_throwing());
  EXPECT_TRUE(StackTrace::of(old).empty());
  EXPECT_TRUE(StackTrace::of(nullptr).empty());
}

}  // namespace
}  // namespace guildhall::base
