#include "database/rows.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "database/migrator.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

/// More than go into two statements.
constexpr int many = 250;

struct Row {
  static constexpr const char* table = "changes";
  long long seq = 0;
  Entity entity = Entity::guild;
  std::string entity_id;
  base::Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Row, (), (seq, entity, entity_id, created_at))

class RowsTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  RowsTest() {
    dialect_->prepare();
    sql_ = dialect_->connect(Access::write);
    migrate(*sql_, *dialect_, migrations(), test_database_.clock.now());
    for (int i = 0; i < many; ++i) rows_.push_back("row " + std::to_string(i));
    insert({"one before"}, has_returning(*sql_));
  }

  std::vector<long long> insert(const std::vector<std::string>& texts, bool returning) {
    std::vector<Row> rows;
    for (const auto& text : texts) rows.push_back({0, Entity::guild, text, test_database_.clock.now()});
    return insert_numbered(*sql_, rows, "seq", returning);
  }

  std::string row(long long number) { return select_one<Row>(*sql_, "WHERE seq = :seq", number).value().entity_id; }

  void expect_numbers(const std::vector<long long>& numbers) {
    ASSERT_EQ(numbers.size(), rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) EXPECT_EQ(row(numbers[i]), rows_[i]);
  }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Dialect> dialect_ = make_dialect(test_database_.options());
  std::unique_ptr<soci::session> sql_;
  std::vector<std::string> rows_;
};

TEST_P(RowsTest, NumbersAreInTheOrderOfTheRows) {
  ASSERT_TRUE(has_returning(*sql_));
  expect_numbers(insert(rows_, true));
}

TEST_P(RowsTest, NumbersAreFoundWithoutReturning) {
  if (GetParam() == config::Dialect::sqlite) GTEST_SKIP() << "SQLite has RETURNING";
  // As where servers take turns with numbers.
  *sql_ << "SET SESSION auto_increment_increment = 3";
  expect_numbers(insert(rows_, false));
}

TEST_P(RowsTest, NoRowsHaveNoNumbers) { EXPECT_TRUE(insert({}, has_returning(*sql_)).empty()); }

INSTANTIATE_TEST_SUITE_P(Dialects, RowsTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
