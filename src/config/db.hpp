#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "config/option.hpp"

namespace guildhall::config {

enum class Dialect : std::uint8_t { sqlite, mariadb, mysql };

/// As DB_DIALECT has it.
[[nodiscard]] std::string_view to_string(Dialect dialect);

/// The database.
struct Db {
  Dialect dialect{};
  std::string storage;  ///< SQLite: the file, or `:memory:`.
  std::string host;     ///< The others: the server.
  std::uint16_t port = 0;
  std::string user;
  base::Secret pass;
  std::string name;
  std::string tls_ca;      ///< The file of certificates that the server's is verified with; empty: no TLS.
  std::uint16_t pool = 0;  ///< Connections to the server.
};

[[nodiscard]] Section db_section();

}  // namespace guildhall::config
