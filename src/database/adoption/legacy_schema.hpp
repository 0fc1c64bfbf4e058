#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::database::adoption {

/// The Sequelize models, in an order in which none refers to a later one.
enum class Model : std::uint8_t { users, roles, user_roles, guilds, commands, logs };

[[nodiscard]] std::string_view to_string(Model model);

/// What is known of their columns. Several models have some of them.
enum class Field : std::uint8_t {
  id,
  user_id,
  role_id,
  guild_id,
  username,
  global_name,
  avatar,
  email,
  refresh_token,
  access_token,
  name,
  icon,
  prefix,
  language,
  trigger,
  response,
  interaction,
  level,
  source,
  message,
  stack,
  date,
  created_at,
  updated_at,
};
inline constexpr std::size_t field_count = static_cast<std::size_t>(Field::updated_at) + 1;

struct Column {
  std::string name;
  std::string type;       ///< As the database calls it.
  bool nullable = false;  ///< May be set to NULL.
};

struct Table {
  std::string name;
  std::vector<Column> columns;
};

/// What a database holds.
struct Catalogue {
  std::vector<Table> tables;
  std::int64_t schema = 0;  ///< The last of guildhall's migrations; 0 where there was none.
};

/// A table of the Sequelize models: which of its columns is what.
struct LegacyTable {
  Model model{};
  std::string name;
  std::array<std::optional<Column>, field_count> columns;

  [[nodiscard]] const std::optional<Column>& column(Field field) const {
    return columns[static_cast<std::size_t>(field)];
  }
};

enum class Maker : std::uint8_t {
  nobody,       ///< No table is in guildhall's way.
  guildhall,    ///< The database is guildhall's.
  sequelize,    ///< It can be taken over.
  interrupted,  ///< Taking it over was interrupted.
  unknown,      ///< Tables have guildhall's names, but are neither its own nor the models'.
};

/// Whose a database is.
struct Finding {
  Maker maker{};
  std::vector<LegacyTable> tables;  ///< Of sequelize and interrupted, in the order of Model.
  std::vector<std::string> aside;   ///< Names that guildhall's tables need, without the prefix of those set aside.
  std::string reason;               ///< Of unknown: what of it does not fit; a clause.
};

/// What the names of old tables begin with while they are being copied, and afterwards.
inline constexpr std::string_view copying_prefix = "adopting_";
inline constexpr std::string_view kept_prefix = "sequelize_";

/// `own` are the names of guildhall's tables. Names of tables and columns are taken as underscored or in camel case.
[[nodiscard]] Finding recognise(const Catalogue& catalogue, std::span<const std::string> own);

}  // namespace guildhall::database::adoption
