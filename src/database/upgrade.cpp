#include "database/upgrade.hpp"

#include <soci/soci.h>

#include <filesystem>

#include "database/dialect.hpp"
#include "database/legacy/legacy_tables.hpp"
#include "database/migrator.hpp"
#include "database/models/trigger_keys.hpp"

namespace guildhall::database {

bool is_missing(const Options& options) {
  std::error_code ignored;
  return options.dialect == config::Dialect::sqlite && !std::filesystem::exists(options.storage, ignored);
}

std::unique_ptr<soci::session> connect_to_inspect(const Options& options, const Dialect& dialect) {
  return dialect.connect(options.dialect == config::Dialect::sqlite ? Access::read : Access::schema);
}

void with_dialect(const Options& options, const std::function<void(const Dialect&)>& work) {
  const auto dialect = make_dialect(options);
  try {
    dialect->prepare();
    work(*dialect);
  } catch (const soci::soci_error& error) {
    throw StartError(dialect->explain(error));
  }
}

namespace {

/// The schema's version; 0 if there is none.
std::int64_t inspect(soci::session& sql, const Dialect& dialect) {
  legacy::refuse_foreign(sql, dialect);
  return legacy::read_catalogue(sql).schema;
}

}  // namespace

std::vector<std::string> upgrade(const Options& options, const base::Clock& clock, Run run) {
  std::int64_t version = 0;
  if (run == Run::real || !is_missing(options)) {
    with_dialect(options, [&](const Dialect& dialect) {
      version = inspect(*connect_to_inspect(options, dialect), dialect);
      if (run == Run::dry) return;
      const auto connection = dialect.connect(Access::schema);
      migrate(*connection, dialect, migrations(), clock.now());
      fill_trigger_keys(*connection, dialect);
    });
  }
  std::vector<std::string> names;
  for (const auto& migration : migrations()) {
    if (migration.number > version) {
      names.push_back(std::to_string(migration.number) + " " + std::string(migration.name));
    }
  }
  return names;
}

}  // namespace guildhall::database
