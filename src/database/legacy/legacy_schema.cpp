#include "database/legacy/legacy_schema.hpp"

#include <algorithm>
#include <array>
#include <ranges>

namespace guildhall::database::legacy {
namespace {

/// Columns are separated by spaces; the names that one column may have by `|`, guildhall's first.
struct Model {
  std::string_view name;
  std::string_view required;
  std::string_view optional;
};

constexpr std::array<Model, 6> models{{
    {"users", "id username", "global_name avatar email refresh_token access_token created_at updated_at"},
    {"roles", "id name", ""},
    {"user_roles", "user_id role_id", ""},
    {"guilds", "id name", "icon prefix language created_at updated_at"},
    {"commands", "id guild_id trigger response", "interaction created_at updated_at"},
    {"logs", "id level message date|timestamp|created_at", "stack|stacktrace source"},
}};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (const auto part : std::views::split(text, separator)) parts.emplace_back(part.begin(), part.end());
  return parts;
}

/// `globalName`, `global_name` and `GLOBAL_NAME` are one name.
std::string plain(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c != '_') text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

template <class Named>
const Named* find(const std::vector<Named>& all, std::string_view name) {
  const auto found = std::ranges::find(all, plain(name), [](const Named& it) { return plain(it.name); });
  return found == all.end() ? nullptr : &*found;
}

/// Matches columns with those of the model. `missing` becomes the first required one that the table lacks.
LegacyTable match(const Model& model, const Table& table, std::string& missing) {
  LegacyTable legacy{model.name, table.name};
  for (const auto list : {model.required, model.optional}) {
    for (const auto names : split(list, ' ')) {
      const auto alternatives = split(names, '|');
      const Column* column = nullptr;
      for (const auto name : alternatives) column = column == nullptr ? find(table.columns, name) : column;
      if (column != nullptr) {
        legacy.columns.emplace(alternatives.front(), *column);
      } else if (list == model.required && missing.empty()) {
        missing = "its table " + table.name + " has no column " + std::string(alternatives.front());
      }
    }
  }
  return legacy;
}

/// Finds the tables of the models, whose names begin with `prefix`.
void match_all(const Catalogue& catalogue, std::string_view prefix, Finding& finding) {
  for (const auto& model : models) {
    const Table* const table = find(catalogue.tables, std::string(prefix).append(model.name));
    if (table != nullptr) finding.tables.push_back(match(model, *table, finding.reason));
  }
  for (const std::string_view needed : {"users", "guilds"}) {
    const bool there = std::ranges::find(finding.tables, needed, &LegacyTable::model) != finding.tables.end();
    if (!there && finding.reason.empty()) finding.reason = "it has no table " + std::string(needed);
  }
}

}  // namespace

Finding recognise(const Catalogue& catalogue, std::span<const std::string> own) {
  Finding finding;
  for (const auto& table : catalogue.tables) {
    if (table.name.starts_with(importing_prefix)) {
      finding.conflicting.push_back(table.name.substr(importing_prefix.size()));
    }
  }
  if (!finding.conflicting.empty()) {
    finding.maker = Maker::interrupted;
    match_all(catalogue, importing_prefix, finding);
    return finding;
  }
  // The first migration may have been interrupted.
  if (catalogue.schema > 0 || find(catalogue.tables, "schema_progress") != nullptr) {
    finding.maker = Maker::guildhall;
    return finding;
  }
  for (const auto& name : own) {
    if (const Table* const table = find(catalogue.tables, name)) finding.conflicting.push_back(table->name);
  }
  // An empty schema_migrations is what a failed start leaves.
  if (std::ranges::all_of(finding.conflicting, [](const std::string& name) { return name == "schema_migrations"; })) {
    finding.maker = Maker::nobody;
    finding.conflicting.clear();
    return finding;
  }
  match_all(catalogue, "", finding);
  finding.maker = finding.reason.empty() ? Maker::sequelize : Maker::unknown;
  return finding;
}

}  // namespace guildhall::database::legacy
