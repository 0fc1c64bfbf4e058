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

/// The database. Whether this build has a backend for `dialect` is for whoever opens it to say.
struct Db {
  Dialect dialect{};
  std::string storage;  ///< SQLite: the file, or `:memory:`.
  std::string host;     ///< The others: the server.
  std::uint16_t port = 0;
  std::string user;
  base::Secret pass;
  std::string name;
};

[[nodiscard]] Section db_section();

}  // namespace guildhall::config
