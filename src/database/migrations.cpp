#include <array>

#include "database/migrator.hpp"

extern "C" const char guildhall_migration_0001_begin[];
extern "C" const char guildhall_migration_0001_end[];
extern "C" const char guildhall_migration_0002_begin[];
extern "C" const char guildhall_migration_0002_end[];

namespace guildhall::database {

std::span<const Migration> migrations() {
  static const std::array<Migration, 2> all{{
      {1, "tables", {guildhall_migration_0001_begin, guildhall_migration_0001_end}},
      {2, "log_indexes", {guildhall_migration_0002_begin, guildhall_migration_0002_end}},
  }};
  return all;
}

}  // namespace guildhall::database
