#include "config/db.hpp"

#include <array>
#include <optional>

#include "config/config.hpp"
#include "config/values.hpp"

namespace guildhall::config {
namespace {

constexpr std::array dialects{Dialect::sqlite, Dialect::mariadb, Dialect::mysql};

std::optional<Dialect> parse_dialect(std::string_view text) {
  for (const Dialect dialect : dialects) {
    if (text == to_string(dialect)) return dialect;
  }
  return std::nullopt;
}

/// A text for a field of a connection string: anything that the database's own syntax cannot mistake for its end.
std::optional<std::string> parse_text(std::string_view text) {
  if (text.find('\0') != std::string_view::npos || text.find('\n') != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

constexpr std::array options{
    Option{.name = "DB_DIALECT",
           .doc = "The kind of database: sqlite, mariadb or mysql.",
           .expected = "`sqlite`, `mariadb` or `mysql`",
           .read = [](std::string_view text, Config& into) { return store(into.db.dialect, parse_dialect(text)); },
           .fallback = "sqlite"},
    Option{.name = "DB_STORAGE",
           .doc = "SQLite: the database's file, or :memory: to keep nothing.",
           .expected = "a path or `:memory:`",
           .read = [](std::string_view text, Config& into) { return store(into.db.storage, parse_text(text)); },
           .fallback = "./data/guildhall.sqlite"},
    Option{.name = "DB_HOST",
           .doc = "MariaDB, MySQL: the server.",
           .expected = "an address or a host name, without port",
           .read = [](std::string_view text, Config& into) { return store(into.db.host, parse_host(text)); },
           .fallback = "127.0.0.1"},
    Option{.name = "DB_PORT",
           .doc = "MariaDB, MySQL: the server's port.",
           .expected = "a number from 1 to 65535",
           .read = [](std::string_view text,
                      Config& into) { return store(into.db.port, parse_number<std::uint16_t>(text, 1, 65535)); },
           .fallback = "3306"},
    Option{.name = "DB_USER",
           .doc = "MariaDB, MySQL: the user.",
           .expected = "one line of text",
           .read = [](std::string_view text, Config& into) { return store(into.db.user, parse_text(text)); },
           .fallback = "guildhall"},
    Option{.name = "DB_PASS",
           .doc = "MariaDB, MySQL: the user's password.",
           .expected = "one line of text",
           .read = [](std::string_view text, Config& into) { return store(into.db.pass, parse_text(text)); },
           .visibility = Visibility::secret},
    Option{.name = "DB_NAME",
           .doc = "MariaDB, MySQL: the database.",
           .expected = "one line of text",
           .read = [](std::string_view text, Config& into) { return store(into.db.name, parse_text(text)); },
           .fallback = "guildhall"},
    Option{.name = "DB_TLS_CA",
           .doc = "MariaDB, MySQL: a file with the certificates of those who vouch for the server's, in PEM; then "
                  "nothing goes over the wire but by TLS, to a server whose certificate is for DB_HOST. Empty: no TLS.",
           .expected = "a path",
           .read = [](std::string_view text, Config& into) { return store(into.db.tls_ca, parse_text(text)); }},
    Option{.name = "DB_POOL",
           .doc = "MariaDB, MySQL: connections to the server. One of them writes, one follows the changes of other "
                  "processes, the rest read.",
           .expected = "a number from 3 to 100",
           .read = [](std::string_view text,
                      Config& into) { return store(into.db.pool, parse_number<std::uint16_t>(text, 3, 100)); },
           .fallback = "6"},
};

}  // namespace

std::string_view to_string(Dialect dialect) {
  switch (dialect) {
    case Dialect::mariadb: return "mariadb";
    case Dialect::mysql: return "mysql";
    case Dialect::sqlite: break;
  }
  return "sqlite";
}

Section db_section() { return {"db", "Database", options}; }

}  // namespace guildhall::config
