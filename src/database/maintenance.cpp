#include "database/maintenance.hpp"

#include <soci/soci.h>

#include <filesystem>

#include "database/adoption/adoption.hpp"
#include "database/adoption/catalogue.hpp"
#include "database/dialect.hpp"
#include "database/migrator.hpp"

namespace guildhall::database {
namespace {

/// Whether opening the database would make it.
bool is_missing(const Options& options) {
  std::error_code ignored;
  return options.dialect == config::Dialect::sqlite && !std::filesystem::exists(options.storage, ignored);
}

std::vector<std::string> migrations_after(std::int64_t version) {
  std::vector<std::string> names;
  for (const auto& migration : migrations()) {
    if (migration.number > version)
      names.push_back(std::to_string(migration.number) + " " + std::string(migration.name));
  }
  return names;
}

/// SQLite's connections that only read leave the file as it is, also the mode of its journal; the servers' have too
/// little time.
std::unique_ptr<soci::session> connect_to_look(const Options& options, const Dialect& dialect) {
  return dialect.connect(options.dialect == config::Dialect::sqlite ? Access::read : Access::schema);
}

/// Calls `work` with the dialect.
template <class Work>
auto with_dialect(const Options& options, Work work) {
  const auto dialect = make_dialect(options);
  try {
    dialect->prepare();
    return work(*dialect);
  } catch (const soci::soci_error& error) {
    throw StartError(dialect->explain(error));
  }
}

/// The schema's version; 0 where there is none.
std::int64_t look_at_schema(soci::session& sql, const Dialect& dialect) {
  adoption::refuse_foreign(sql, dialect);
  return adoption::read_catalogue(sql).schema;
}

}  // namespace

std::vector<std::string> upgrade(const Options& options, const base::Clock& clock, Run run) {
  if (run == Run::dry && is_missing(options)) return migrations_after(0);
  return with_dialect(options, [&](const Dialect& dialect) {
    const auto before = look_at_schema(*connect_to_look(options, dialect), dialect);
    if (run == Run::real) migrate(*dialect.connect(Access::schema), dialect, migrations(), clock.now());
    return migrations_after(before);
  });
}

adoption::Report adopt(const Options& options, const base::Clock& clock, const adoption::Rules& rules, Run run) {
  if (is_missing(options)) throw StartError("There is no database " + options.storage + ".");
  return with_dialect(options, [&](const Dialect& dialect) {
    // What is not to be taken over, or cannot be read, is found before anything is changed.
    auto report = adoption::survey(*connect_to_look(options, dialect), dialect, rules, clock.now());
    if (run == Run::real) {
      report = adoption::take_over(*dialect.connect(Access::schema), dialect, rules, clock.now());
    }
    return report;
  });
}

}  // namespace guildhall::database
