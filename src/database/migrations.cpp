#include <array>

#include "database/migrator.hpp"

extern "C" const char guildhall_migration_0001_begin[];
extern "C" const char guildhall_migration_0001_end[];

namespace guildhall::database {

std::span<const Migration> migrations() {
  static const std::array<Migration, 1> all{{
      {1, "tables", {guildhall_migration_0001_begin, guildhall_migration_0001_end}},
  }};
  return all;
}

}  // namespace guildhall::database
