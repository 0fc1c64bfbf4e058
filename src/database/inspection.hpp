#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "database/database.hpp"

namespace guildhall::database {

/// What a MariaDB or MySQL server says of itself and of our database.
struct ServerFacts {
  std::string version;
  std::vector<std::string> grants;       ///< Lines of SHOW GRANTS, in which passwords are hashes or left out.
  std::uint64_t max_allowed_packet = 0;  ///< Bytes.
  std::uint64_t max_connections = 0;
  std::vector<std::string> unsuitable_tables;  ///< Of ours, those that are not InnoDB with utf8mb4.
};

/// Changes nothing. Blocks. Throws StartError.
[[nodiscard]] ServerFacts inspect_server(const Options& options);

}  // namespace guildhall::database
