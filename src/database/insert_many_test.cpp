#include "database/insert_many.hpp"

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

class InsertManyTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  InsertManyTest() {
    dialect_->prepare();
    sql_ = dialect_->connect(Access::write);
    migrate(*sql_, *dialect_, migrations(), surroundings_.clock.now());
    for (int i = 0; i < many; ++i) rows_.push_back("row " + std::to_string(i));
    insert({"one before"}, has_returning(*sql_));
  }

  std::vector<long long> insert(const std::vector<std::string>& rows, bool returning) {
    const Destination changes{"changes", "entity, entity_id, created_at", 3, "seq"};
    return insert_numbered(
        *sql_, changes, rows,
        [this](soci::statement& statement, const std::string& row) {
          statement.exchange(soci::use(entity_));
          statement.exchange(soci::use(row));
          statement.exchange(soci::use(now_));
        },
        returning);
  }

  std::string row(long long number) {
    std::string row;
    *sql_ << "SELECT entity_id FROM changes WHERE seq = :seq", soci::into(row), soci::use(number);
    return row;
  }

  void expect_numbers(const std::vector<long long>& numbers) {
    ASSERT_EQ(numbers.size(), rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) EXPECT_EQ(row(numbers[i]), rows_[i]);
  }

  testing::Surroundings surroundings_{testing::server_for(GetParam())};
  std::unique_ptr<Dialect> dialect_ = make_dialect(surroundings_.options());
  std::unique_ptr<soci::session> sql_;
  Entity entity_ = Entity::guild;
  base::Timestamp now_ = surroundings_.clock.now();
  std::vector<std::string> rows_;
};

TEST_P(InsertManyTest, NumbersAreInTheOrderOfTheRows) {
  ASSERT_TRUE(has_returning(*sql_));
  expect_numbers(insert(rows_, true));
}

TEST_P(InsertManyTest, NumbersAreFoundWithoutReturning) {
  if (GetParam() == config::Dialect::sqlite) GTEST_SKIP() << "SQLite has RETURNING";
  // As where servers take turns with numbers.
  *sql_ << "SET SESSION auto_increment_increment = 3";
  expect_numbers(insert(rows_, false));
}

TEST_P(InsertManyTest, NoRowsHaveNoNumbers) { EXPECT_TRUE(insert({}, has_returning(*sql_)).empty()); }

INSTANTIATE_TEST_SUITE_P(Dialects, InsertManyTest, ::testing::ValuesIn(testing::dialects()), testing::DialectName());

}  // namespace
}  // namespace guildhall::database
