#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::database::legacy {

struct Column {
  std::string name;
  std::string type;       ///< As the database names it.
  bool nullable = false;  ///< May be set to NULL.
};

struct Table {
  std::string name;
  std::vector<Column> columns;
};

/// The tables of a database.
struct Catalogue {
  std::vector<Table> tables;
  std::int64_t schema = 0;  ///< The last of guildhall's migrations; 0 if there is none.
};

/// A table of the Sequelize models: `users`, `roles`, `user_roles`, `guilds`, `commands` or `logs`.
struct LegacyTable {
  std::string_view model;
  std::string name;                                      ///< In the database.
  std::map<std::string, Column, std::less<>> columns{};  ///< By the names that guildhall uses: `global_name`.
};

enum class Maker : std::uint8_t {
  nobody,       ///< No table has a name that guildhall needs.
  guildhall,    ///< The database is guildhall's.
  sequelize,    ///< It can be imported.
  interrupted,  ///< Its import was interrupted.
  unknown,      ///< Tables have guildhall's names, but are neither its own nor the models'.
};

/// What a database was made by.
struct Finding {
  Maker maker{};
  std::vector<LegacyTable> tables;       ///< Of sequelize and interrupted. None refers to a later one.
  std::vector<std::string> conflicting;  ///< Tables whose names guildhall needs, without the prefix of renamed ones.
  std::string reason;                    ///< Of unknown: what does not fit; a clause.
};

/// The prefixes of old tables during the import, and afterwards.
inline constexpr std::string_view importing_prefix = "adopting_";
inline constexpr std::string_view kept_prefix = "sequelize_";

/// `own` are the names of guildhall's tables. Names of tables and columns may be in snake_case or camelCase.
[[nodiscard]] Finding recognise(const Catalogue& catalogue, std::span<const std::string> own);

}  // namespace guildhall::database::legacy
