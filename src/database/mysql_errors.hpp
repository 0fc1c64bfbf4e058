#pragma once

#include <string>

#include "database/dialect.hpp"

namespace guildhall::database {

/// The number that the server or its client library gave the error; 0 for an error of SOCI's own.
/// (https://mariadb.com/kb/en/mariadb-error-code-reference/)
[[nodiscard]] unsigned mysql_error_number(const soci::soci_error& error);

[[nodiscard]] Fault classify_mysql_error(unsigned number);

/// The server's message without the values that some quote.
[[nodiscard]] std::string describe_mysql_error(const soci::soci_error& error);

/// One sentence for the person who starts the program.
[[nodiscard]] std::string explain_mysql_error(const soci::soci_error& error, const Server& server);

}  // namespace guildhall::database
