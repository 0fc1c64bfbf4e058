#pragma once

#include "database/dialect.hpp"
#include "database/outage.hpp"

namespace guildhall::database {

/// MariaDB 10.3 or later, and MySQL 8.0.17 or later; the server says which one it is.
///
/// Transactions that write run one after the other, also those of other processes: each begins by locking the row of
/// the first migration. So a job that reads and then writes needs no locks of its own, and changes appear in the order
/// of their numbers.
class MysqlDialect : public Dialect {
 public:
  explicit MysqlDialect(const Options& options);

  [[nodiscard]] Layout layout() const override;
  void prepare() override;
  [[nodiscard]] std::unique_ptr<soci::session> connect(Access access) const override;
  void check_in_place() const override {}
  void prepare_close(soci::session&) const override {}
  void begin(soci::session& sql, Access access) const override;
  [[nodiscard]] SchemaChange schema_change() const override { return SchemaChange::statement_by_statement; }
  void lock_schema(soci::session& sql) const override;
  void unlock_schema(soci::session& sql) const override;
  [[nodiscard]] bool is_done_already(const soci::soci_error& error) const override;
  [[nodiscard]] std::string_view type(std::string_view name) const override;
  [[nodiscard]] std::string_view table_options() const override;
  [[nodiscard]] Fault classify(const soci::soci_error& error) const override;
  [[nodiscard]] std::string describe(const soci::soci_error& error) const override;
  [[nodiscard]] std::string explain(const soci::soci_error& error) const override;
  [[nodiscard]] std::string name() const override;

 private:
  enum class Product : std::uint8_t { mariadb, mysql };

  [[nodiscard]] std::unique_ptr<soci::session> open(Access access) const;
  void set_up(soci::session& sql, Access access) const;

  const Server server_;
  const std::size_t readers_;
  Product product_ = Product::mariadb;
  mutable Outage outage_;
};

}  // namespace guildhall::database
