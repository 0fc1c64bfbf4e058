#include "database/adoption/legacy_schema.hpp"

#include <algorithm>

namespace guildhall::database::adoption {
namespace {

enum class Need : std::uint8_t { required, optional };

/// A column, and a name for it. A field that has several rows takes the first that is there.
struct Known {
  Field field;
  std::string_view name;
  Need need = Need::optional;
};

constexpr std::array users{
    Known{Field::id, "id", Need::required},
    Known{Field::username, "username", Need::required},
    Known{Field::global_name, "global_name"},
    Known{Field::avatar, "avatar"},
    Known{Field::email, "email"},
    Known{Field::refresh_token, "refresh_token"},
    Known{Field::access_token, "access_token"},
    Known{Field::created_at, "created_at"},
    Known{Field::updated_at, "updated_at"},
};
constexpr std::array roles{
    Known{Field::id, "id", Need::required},
    Known{Field::name, "name", Need::required},
};
constexpr std::array user_roles{
    Known{Field::user_id, "user_id", Need::required},
    Known{Field::role_id, "role_id", Need::required},
};
constexpr std::array guilds{
    Known{Field::id, "id", Need::required},
    Known{Field::name, "name", Need::required},
    Known{Field::icon, "icon"},
    Known{Field::prefix, "prefix"},
    Known{Field::language, "language"},
    Known{Field::created_at, "created_at"},
    Known{Field::updated_at, "updated_at"},
};
constexpr std::array commands{
    Known{Field::id, "id", Need::required},           Known{Field::guild_id, "guild_id", Need::required},
    Known{Field::trigger, "trigger", Need::required}, Known{Field::response, "response", Need::required},
    Known{Field::interaction, "interaction"},         Known{Field::created_at, "created_at"},
    Known{Field::updated_at, "updated_at"},
};
constexpr std::array logs{
    Known{Field::id, "id", Need::required},
    Known{Field::level, "level", Need::required},
    Known{Field::message, "message", Need::required},
    Known{Field::date, "date"},
    Known{Field::date, "timestamp"},
    Known{Field::date, "created_at"},
    Known{Field::stack, "stack"},
    Known{Field::stack, "stacktrace"},
    Known{Field::source, "source"},
};

struct KnownModel {
  Model model;
  std::string_view name;
  std::span<const Known> columns;
};

constexpr std::array<KnownModel, 6> models{{
    {Model::users, "users", users},
    {Model::roles, "roles", roles},
    {Model::user_roles, "user_roles", user_roles},
    {Model::guilds, "guilds", guilds},
    {Model::commands, "commands", commands},
    {Model::logs, "logs", logs},
}};

/// `globalName`, `global_name` and `GLOBAL_NAME` are one name.
std::string plain(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c != '_') text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

const Table* find_table(const Catalogue& catalogue, const std::string& name) {
  const auto found = std::ranges::find(catalogue.tables, plain(name), [](const Table& it) { return plain(it.name); });
  return found == catalogue.tables.end() ? nullptr : &*found;
}

/// Which column of `table` is what; `missing` gets the first that is required and not there.
LegacyTable match(const KnownModel& known, const Table& table, std::string& missing) {
  LegacyTable legacy{known.model, table.name, {}};
  for (const auto& [field, name, need] : known.columns) {
    auto& place = legacy.columns[static_cast<std::size_t>(field)];
    const auto column = std::ranges::find(table.columns, plain(name), [](const Column& it) { return plain(it.name); });
    if (column != table.columns.end() && !place) place = *column;
    if (!place && need == Need::required && missing.empty()) {
      missing = "its table " + table.name + " has no column " + std::string(name);
    }
  }
  if (known.model == Model::logs && !legacy.column(Field::date) && missing.empty()) {
    missing = "its table " + table.name + " has no column date";
  }
  return legacy;
}

/// The models' tables whose names begin with `prefix`.
void match_all(const Catalogue& catalogue, std::string_view prefix, Finding& finding) {
  for (const auto& known : models) {
    const Table* table = find_table(catalogue, std::string(prefix).append(known.name));
    if (table != nullptr) finding.tables.push_back(match(known, *table, finding.reason));
  }
  const auto there = [&](Model model) {
    return std::ranges::find(finding.tables, model, &LegacyTable::model) != finding.tables.end();
  };
  if (!there(Model::users) && finding.reason.empty()) finding.reason = "it has no table users";
  if (!there(Model::guilds) && finding.reason.empty()) finding.reason = "it has no table guilds";
}

}  // namespace

std::string_view to_string(Model model) { return models[static_cast<std::size_t>(model)].name; }

Finding recognise(const Catalogue& catalogue, std::span<const std::string> own) {
  Finding finding;
  const auto begins = [](const Table& table) { return table.name.starts_with(copying_prefix); };
  if (std::ranges::any_of(catalogue.tables, begins)) {
    finding.maker = Maker::interrupted;
    match_all(catalogue, copying_prefix, finding);
    for (const auto& table : catalogue.tables) {
      if (begins(table)) finding.aside.push_back(table.name.substr(copying_prefix.size()));
    }
    return finding;
  }
  // The first migration may have been interrupted.
  if (catalogue.schema > 0 || find_table(catalogue, "schema_progress") != nullptr) {
    finding.maker = Maker::guildhall;
    return finding;
  }
  for (const auto& name : own) {
    if (const Table* table = find_table(catalogue, name)) finding.aside.push_back(table->name);
  }
  // An empty one of a start that came to nothing says nothing.
  if (std::ranges::all_of(finding.aside, [](const std::string& name) { return name == "schema_migrations"; })) {
    finding.maker = Maker::nobody;
    finding.aside.clear();
    return finding;
  }
  match_all(catalogue, "", finding);
  finding.maker = finding.reason.empty() ? Maker::sequelize : Maker::unknown;
  return finding;
}

}  // namespace guildhall::database::adoption
