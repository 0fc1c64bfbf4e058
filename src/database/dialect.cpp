#include "database/dialect.hpp"

#include "database/mysql_dialect.hpp"
#include "database/sqlite_dialect.hpp"

namespace guildhall::database {

std::unique_ptr<Dialect> make_dialect(const Options& options) {
  if (options.dialect == config::Dialect::sqlite) return std::make_unique<SqliteDialect>(options);
  return std::make_unique<MysqlDialect>(options);
}

}  // namespace guildhall::database
