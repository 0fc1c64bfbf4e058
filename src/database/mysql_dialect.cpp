#include "database/mysql_dialect.hpp"

#include <mysqld_error.h>
#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>

#include <array>
#include <chrono>
#include <string>

#include "database/mysql_errors.hpp"

namespace guildhall::database {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds lock_schema_limit{30};

/// A value in SOCI's connection string.
std::string option_value(std::string_view value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "'";
}

bool is_socket(const Server& server) { return server.host.starts_with('/'); }

/// Options that SOCI does not know, but the client library accepts within the host: TCP also for `localhost`, and TLS
/// with a certificate for this host.
std::string client_options(const Server& server) {
  std::string options = "host=" + server.host + ";protocol=1";
  if (!server.tls_ca.empty()) options += ";ssl-enforce=1;ssl-verify-server-cert=1;ssl-ca={" + server.tls_ca + "}";
  return options;
}

}  // namespace

MysqlDialect::MysqlDialect(const Options& options) : server_(options.server), readers_(options.readers) {}

Dialect::Layout MysqlDialect::layout() const {
  // Several connections that write would only wait for each other.
  return {readers_, 1, 256, ChangeFeed::Writers::many, 0};
}

std::string MysqlDialect::name() const { return server_.name + " on " + server_.host; }

void MysqlDialect::prepare() {
  if (server_.tls_ca.find_first_of("{}") != std::string::npos) {
    throw StartError("The path in DB_TLS_CA has a brace in it. Choose another path.");
  }
  const auto connection = open(Access::schema);
  std::string version;
  *connection << "SELECT VERSION()", soci::into(version);
  product_ = version.find("MariaDB") == std::string::npos ? Product::mysql : Product::mariadb;
  int charset = 0;
  const std::string collation{product_ == Product::mysql ? "utf8mb4_0900_bin" : "utf8mb4_nopad_bin"};
  *connection << "SELECT COUNT(*) FROM information_schema.collations WHERE collation_name = :name", soci::into(charset),
      soci::use(collation);
  if (charset == 0) {
    throw StartError("The database server at " + server_.host + " is too old (" + version +
                     "). guildhall needs MariaDB 10.3 or MySQL 8.0.17.");
  }
}

std::unique_ptr<soci::session> MysqlDialect::connect(Access access) const {
  if (!outage_.may_try(steady_clock::now())) {
    throw soci::mysql_soci_error("The server was away a moment ago", CR_SERVER_GONE_ERROR);
  }
  try {
    auto connection = open(access);
    set_up(*connection, access);
    outage_.ended();
    return connection;
  } catch (...) {
    outage_.failed(steady_clock::now());
    throw;
  }
}

/// The client library's timeouts are whole seconds; callers wait two seconds for an answer.
std::unique_ptr<soci::session> MysqlDialect::open(Access access) const {
  // Nothing leaves the machine by a socket, so it needs no TLS.
  const std::string place =
      is_socket(server_) ? "host=localhost unix_socket=" + option_value(server_.host)
                         : "host=" + option_value(client_options(server_)) + " port=" + std::to_string(server_.port);
  std::string where = place + " user=" + option_value(server_.user) +
                      " password=" + option_value(server_.pass.reveal()) + " dbname=" + option_value(server_.name) +
                      " charset=utf8mb4 connect_timeout=1";
  if (access != Access::schema) where += " read_timeout=2 write_timeout=2";
  return std::make_unique<soci::session>(soci::mysql, where);
}

void MysqlDialect::set_up(soci::session& sql, Access access) const {
  sql << (product_ == Product::mysql ? "SET NAMES utf8mb4 COLLATE utf8mb4_0900_bin"
                                     : "SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin");
  sql << "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
         "NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 1, lock_wait_timeout = 5";
  const bool mariadb = product_ == Product::mariadb;
  if (access == Access::read) {
    // Nobody waits for a longer statement.
    sql << (mariadb ? "SET SESSION max_statement_time = 1.9" : "SET SESSION max_execution_time = 1900");
    sql << "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    return;
  }
  // Writers exclude each other, and each sees what the one before has committed.
  sql << "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
  if (access == Access::schema) return;
  // A process that hangs in a transaction must not block all others. MySQL can only limit idle connections, so an idle
  // writer reconnects there.
  sql << (mariadb ? "SET SESSION idle_transaction_timeout = 10" : "SET SESSION wait_timeout = 10");
}

void MysqlDialect::begin(soci::session& sql, Access access) const {
  if (access == Access::read) {
    sql << "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
    return;
  }
  sql << "START TRANSACTION";
  long long number = 0;
  sql << "SELECT number FROM schema_migrations WHERE number = 1 FOR UPDATE", soci::into(number);
  if (!sql.got_data()) throw soci::soci_error("The row that serialises writers is missing from schema_migrations");
}

void MysqlDialect::lock_schema(soci::session& sql) const {
  const auto deadline = steady_clock::now() + lock_schema_limit;
  int locked = 0;
  while (locked != 1) {
    if (steady_clock::now() >= deadline) {
      throw StartError("The database " + name() + " is being migrated by another process. Wait for it.");
    }
    soci::indicator null = soci::i_ok;
    sql << "SELECT GET_LOCK(CONCAT('guildhall ', MD5(DATABASE())), 1)", soci::into(locked, null);
  }
}

void MysqlDialect::unlock_schema(soci::session& sql) const {
  sql << "DO RELEASE_LOCK(CONCAT('guildhall ', MD5(DATABASE())))";
}

bool MysqlDialect::is_done_already(const soci::soci_error& error) const {
  switch (mysql_error_number(error)) {
    case ER_TABLE_EXISTS_ERROR:
    case ER_BAD_TABLE_ERROR:
    case ER_DUP_FIELDNAME:
    case ER_DUP_KEYNAME:
    case ER_CANT_DROP_FIELD_OR_KEY:
    case ER_DUP_CONSTRAINT_NAME: return true;
    default: return false;
  }
}

std::string_view MysqlDialect::type(std::string_view name) const {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> types{{
      {"id", "BIGINT UNSIGNED"},
      {"serial", "BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY"},
      {"time", "DATETIME(3)"},
      {"text", "MEDIUMTEXT"},
      {"json", "LONGTEXT"},  // what MariaDB calls JSON; MySQL's own JSON would reorder keys
  }};
  for (const auto& [known, type] : types) {
    if (known == name) return type;
  }
  // Compares case, accents and trailing spaces.
  if (name == "binary") {
    return product_ == Product::mysql ? "CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin"
                                      : "CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
  }
  return {};
}

std::string_view MysqlDialect::table_options() const {
  return product_ == Product::mysql ? " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin"
                                    : " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
}

Fault MysqlDialect::classify(const soci::soci_error& error) const {
  return classify_mysql_error(mysql_error_number(error));
}

std::string MysqlDialect::describe(const soci::soci_error& error) const { return describe_mysql_error(error); }

std::string MysqlDialect::explain(const soci::soci_error& error) const { return explain_mysql_error(error, server_); }

}  // namespace guildhall::database
