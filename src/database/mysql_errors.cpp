#include "database/mysql_errors.hpp"

#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>

#include <algorithm>

namespace guildhall::database {
namespace {

std::string address(const Server& server) { return server.host + ":" + std::to_string(server.port); }

}  // namespace

unsigned mysql_error_number(const soci::soci_error& error) {
  const auto* const mysql_error = dynamic_cast<const soci::mysql_soci_error*>(&error);
  return mysql_error == nullptr ? 0 : mysql_error->err_num_;
}

Fault classify_mysql_error(unsigned number) {
  switch (number) {
    case 1021:  // disk full
    case 1037:  // out of memory
    case 1038:
    case 1040:  // too many connections
    case 1041:
    case 1114:  // table full
    case 1203:  // too many connections of this user
    case 1205:  // waited too long for a lock
    case 1206:
    case 1226:  // a limit of this user
    case 1317:  // KILL QUERY
    case 1637:  // too many transactions
    case 1969:  // max_statement_time
    case 3024: return Fault::busy;
    case 1213: return Fault::undone;
    case 1022:  // a key that is there
    case 1048:  // NULL
    case 1062:  // a key that is there
    case 1169:
    case 1216:  // foreign keys
    case 1217:
    case 1451:
    case 1452:
    case 1557:
    case 1586:
    case 1761:
    case 1762:
    case 3819:  // CHECK, of MySQL
    case 4025: return Fault::constraint;
    case 1042:  // the server does not want the connection
    case 1043:
    case 1044:  // rights that were taken away: with luck the next connection has them
    case 1045:
    case 1047:
    case 1049:  // no such database
    case 1053:  // shutdown
    case 1077:
    case 1079:
    case 1080:
    case 1129:
    case 1130:
    case 1142:
    case 1143:
    case 1152:  // the connection is gone
    case 1153:
    case 1154:
    case 1155:
    case 1156:
    case 1157:
    case 1158:
    case 1159:
    case 1160:
    case 1161:
    case 1184:
    case 1189:
    case 1190:
    case 1227:
    case 1290:  // --read-only: no primary any more
    case 1370:
    case 1698:
    case 1836:
    case 1927:  // KILL
    case 4031: return Fault::broken;
    default: break;
  }
  // The client library's: nearly all are about the connection.
  const bool of_client = (number >= 2000 && number < 3000) || (number >= 5000 && number < 6000);
  return of_client ? Fault::broken : Fault::bug;
}

std::string describe_mysql_error(const soci::soci_error& error) {
  const auto number = mysql_error_number(error);
  auto message = error.get_error_message();
  switch (number) {
    case 1062:  // the key
    case 1064:  // the rest of the statement
    case 1292:
    case 1366:
    case 1406:
    case 1411: message.resize(std::min(message.find('\''), message.size())); break;
    default: break;
  }
  if (number != 0) message += " (" + std::to_string(number) + ")";
  return message;
}

std::string explain_mysql_error(const soci::soci_error& error, const Server& server) {
  const std::string at = "The database server at " + address(server);
  const std::string user = "user " + server.user;
  switch (mysql_error_number(error)) {
    case 1040:
    case 1203:
    case 1226: return at + " has too many connections: lower DB_POOL, or raise its max_connections.";
    case 1044:
      return at + " lets " + user + " into no database " + server.name + ": create it and grant its rights to that " +
             "user, or set DB_NAME.";
    case 1045:
    case 1698: return at + " refuses " + user + ": set DB_USER and DB_PASS.";
    case 1049: return at + " has no database " + server.name + ": create it, or set DB_NAME.";
    case 1129:
    case 1130: return at + " takes no connections of " + user + " from here: create the user for this host.";
    case 1142:
    case 1143:
    case 1227:
    case 1370:
      return at + " does not let " + user + " do all that is needed in database " + server.name +
             ": grant the rights (" + describe_mysql_error(error) + ").";
    case 2002:
    case 2003:
    case 2006:
    case 2013: return at + " cannot be reached: start it, or set DB_HOST and DB_PORT.";
    case 2005: return at + " has an unknown host name: set DB_HOST.";
    case 2026:
      return at + " cannot be spoken to by TLS, with certificates that " + server.tls_ca +
             " vouches for: " + error.get_error_message() + ".";
    default: return at + " cannot be used: " + describe_mysql_error(error) + ".";
  }
}

}  // namespace guildhall::database
