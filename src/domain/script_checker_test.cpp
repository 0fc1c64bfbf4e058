#include "domain/script_checker.hpp"

#include <gtest/gtest.h>

#include "vm/script.hpp"

namespace guildhall::domain {
namespace {

vm::Outcome outcome(std::string message, std::optional<vm::SourcePosition> position) {
  vm::Outcome made;
  made.ending = vm::Ending::syntax;
  made.message = std::move(message);
  made.position = position;
  return made;
}

TEST(SyntaxError, SaysLineAndColumn) {
  const auto error = syntax_error(outcome("Unexpected token ';'", vm::SourcePosition{2, 7}));
  EXPECT_EQ(error.code, base::Errc::invalid);
  EXPECT_EQ(error.message, "The script does not parse: Unexpected token ';' (line 2, column 7).");
  EXPECT_EQ(error.line, 2U);
  EXPECT_EQ(error.column, 7U);
}

TEST(SyntaxError, SaysWhatIsKnown) {
  const auto no_column = syntax_error(outcome("Unexpected end of script.", vm::SourcePosition{4, 0}));
  EXPECT_EQ(no_column.message, "The script does not parse: Unexpected end of script (line 4).");
  EXPECT_EQ(no_column.column, 0U);
  const auto no_place = syntax_error(outcome("Unexpected end of script.", std::nullopt));
  EXPECT_EQ(no_place.message, "The script does not parse: Unexpected end of script.");
  EXPECT_EQ(no_place.line, 0U);
}

}  // namespace
}  // namespace guildhall::domain
