#include "database/mysql_errors.hpp"

#include <errmsg.h>
#include <mysqld_error.h>
#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>

#include <algorithm>

namespace guildhall::database {
namespace {

// MySQL's own, which MariaDB's headers lack
// (https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html).
constexpr unsigned mysql_foreign_duplicate_key = 1557;
constexpr unsigned mysql_query_timeout = 3024;
constexpr unsigned mysql_check_constraint_violated = 3819;
constexpr unsigned mysql_client_interaction_timeout = 4031;

}  // namespace

unsigned mysql_error_number(const soci::soci_error& error) {
  const auto* const mysql_error = dynamic_cast<const soci::mysql_soci_error*>(&error);
  return mysql_error == nullptr ? 0 : mysql_error->err_num_;
}

Fault classify_mysql_error(unsigned number) {
  switch (number) {
    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL: return Fault::full;
    case ER_OUTOFMEMORY:
    case ER_OUT_OF_SORTMEMORY:
    case ER_CON_COUNT_ERROR:
    case ER_OUT_OF_RESOURCES:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_LOCK_TABLE_FULL:
    case ER_USER_LIMIT_REACHED:
    case ER_QUERY_INTERRUPTED:
    case ER_TOO_MANY_CONCURRENT_TRXS:
    case ER_STATEMENT_TIMEOUT:
    case mysql_query_timeout: return Fault::busy;
    case ER_LOCK_DEADLOCK: return Fault::rolled_back;
    case ER_DUP_KEY:
    case ER_BAD_NULL_ERROR:
    case ER_DUP_ENTRY:
    case ER_DUP_UNIQUE:
    case ER_NO_REFERENCED_ROW:
    case ER_ROW_IS_REFERENCED:
    case ER_ROW_IS_REFERENCED_2:
    case ER_NO_REFERENCED_ROW_2:
    case mysql_foreign_duplicate_key:
    case ER_DUP_ENTRY_WITH_KEY_NAME:
    case ER_FOREIGN_DUPLICATE_KEY_WITH_CHILD_INFO:
    case ER_FOREIGN_DUPLICATE_KEY_WITHOUT_CHILD_INFO:
    case mysql_check_constraint_violated:
    case ER_CONSTRAINT_FAILED: return Fault::constraint;
    case ER_BAD_HOST_ERROR:
    case ER_HANDSHAKE_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_ERROR:
    case ER_UNKNOWN_COM_ERROR:
    case ER_BAD_DB_ERROR:
    case ER_SERVER_SHUTDOWN:
    case ER_NORMAL_SHUTDOWN:
    case ER_SHUTDOWN_COMPLETE:
    case ER_FORCING_CLOSE:
    case ER_HOST_IS_BLOCKED:
    case ER_HOST_NOT_PRIVILEGED:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_ABORTING_CONNECTION:
    case ER_NET_PACKET_TOO_LARGE:
    case ER_NET_READ_ERROR_FROM_PIPE:
    case ER_NET_FCNTL_ERROR:
    case ER_NET_PACKETS_OUT_OF_ORDER:
    case ER_NET_UNCOMPRESS_ERROR:
    case ER_NET_READ_ERROR:
    case ER_NET_READ_INTERRUPTED:
    case ER_NET_ERROR_ON_WRITE:
    case ER_NET_WRITE_INTERRUPTED:
    case ER_NEW_ABORTING_CONNECTION:
    case ER_MASTER_NET_READ:
    case ER_MASTER_NET_WRITE:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_OPTION_PREVENTS_STATEMENT:
    case ER_PROCACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
    case ER_READ_ONLY_MODE:
    case ER_CONNECTION_KILLED:
    case mysql_client_interaction_timeout: return Fault::broken;
    default: break;
  }
  // Nearly all errors of the client library are about the connection.
  const bool from_client = (number >= CR_MIN_ERROR && number < 3000) || (number >= 5000 && number < 6000);
  return from_client ? Fault::broken : Fault::bug;
}

std::string describe_mysql_error(const soci::soci_error& error) {
  const auto number = mysql_error_number(error);
  auto message = error.get_error_message();
  switch (number) {
    case ER_DUP_ENTRY:
    case ER_PARSE_ERROR:
    case ER_TRUNCATED_WRONG_VALUE:
    case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
    case ER_DATA_TOO_LONG:
    case ER_WRONG_VALUE_FOR_TYPE: message.resize(std::min(message.find('\''), message.size())); break;
    default: break;
  }
  if (number != 0) message += " (" + std::to_string(number) + ")";
  return message;
}

std::string explain_mysql_error(const soci::soci_error& error, const Server& server) {
  const std::string at = "The database server at " + server.host + ":" + std::to_string(server.port);
  const std::string user = "user " + server.user;
  switch (mysql_error_number(error)) {
    case ER_CON_COUNT_ERROR:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED: return at + " has too many connections. Lower DB_POOL, or raise its max_connections.";
    case ER_DBACCESS_DENIED_ERROR:
      return at + " gives " + user + " no access to a database " + server.name +
             ". Create it and grant its rights to that user, or set DB_NAME.";
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR: return at + " refuses " + user + ". Check DB_USER and DB_PASS.";
    case ER_BAD_DB_ERROR: return at + " has no database " + server.name + ". Create it, or set DB_NAME.";
    case ER_HOST_IS_BLOCKED:
    case ER_HOST_NOT_PRIVILEGED:
      return at + " refuses connections of " + user + " from this host. Create the user for this host.";
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_PROCACCESS_DENIED_ERROR:
      return at + " denies " + user + " a right in database " + server.name + ". Grant it (" +
             describe_mysql_error(error) + ").";
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST: return at + " cannot be reached. Start it, or check DB_HOST and DB_PORT.";
    case CR_UNKNOWN_HOST: return at + " has an unknown host name. Check DB_HOST.";
    case CR_SSL_CONNECTION_ERROR:
      return at + " does not offer TLS with a certificate that " + server.tls_ca +
             " confirms: " + error.get_error_message() + ".";
    default: return at + " cannot be used: " + describe_mysql_error(error) + ".";
  }
}

}  // namespace guildhall::database
