#include <array>

#include "database/migrator.hpp"

extern "C" const char guildhall_migration_0001_begin[];
extern "C" const char guildhall_migration_0001_end[];
extern "C" const char guildhall_migration_0002_begin[];
extern "C" const char guildhall_migration_0002_end[];
extern "C" const char guildhall_migration_0003_begin[];
extern "C" const char guildhall_migration_0003_end[];
extern "C" const char guildhall_migration_0004_begin[];
extern "C" const char guildhall_migration_0004_end[];

namespace guildhall::database {

std::span<const Migration> migrations() {
  static const std::array<Migration, 4> all{{
      {1, "tables", {guildhall_migration_0001_begin, guildhall_migration_0001_end}},
      {2, "log_indexes", {guildhall_migration_0002_begin, guildhall_migration_0002_end}},
      {3, "gateway_sessions", {guildhall_migration_0003_begin, guildhall_migration_0003_end}},
      {4, "calls", {guildhall_migration_0004_begin, guildhall_migration_0004_end}},
  }};
  return all;
}

}  // namespace guildhall::database
