#include "database/dialect.hpp"

#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "database/mysql_dialect.hpp"
#include "database/sqlite_dialect.hpp"

namespace guildhall::database {

std::unique_ptr<Dialect> make_dialect(const Options& options) {
  if (options.dialect == config::Dialect::sqlite) return std::make_unique<SqliteDialect>(options);
  return std::make_unique<MysqlDialect>(options);
}

bool has_returning(soci::session& sql) {
  const auto* const mysql = dynamic_cast<soci::mysql_session_backend*>(sql.get_backend());
  static_assert(SQLITE_VERSION_NUMBER >= 3'035'000);
  if (mysql == nullptr) return true;
  return mariadb_connection(mysql->conn_) != 0 && mysql_get_server_version(mysql->conn_) >= 10'05'00;
}

}  // namespace guildhall::database
