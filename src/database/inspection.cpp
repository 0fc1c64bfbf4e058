#include "database/inspection.hpp"

#include <soci/soci.h>

#include <algorithm>

#include "database/dialect.hpp"
#include "database/upgrade.hpp"

namespace guildhall::database {
namespace {

std::vector<std::string> lines_of(soci::session& sql, const std::string& query) {
  std::vector<std::string> lines;
  const soci::rowset<std::string> rows = sql.prepare << query;
  std::ranges::copy(rows, std::back_inserter(lines));
  return lines;
}

std::uint64_t number_of(soci::session& sql, const std::string& variable) {
  unsigned long long number = 0;
  sql << "SELECT @@GLOBAL." + variable, soci::into(number);
  return number;
}

}  // namespace

ServerFacts inspect_server(const Options& options) {
  ServerFacts facts;
  with_dialect(options, [&](const Dialect& dialect) {
    const auto connection = connect_to_inspect(options, dialect);
    auto& sql = *connection;
    sql << "SELECT VERSION()", soci::into(facts.version);
    facts.grants = lines_of(sql, "SHOW GRANTS");
    facts.max_allowed_packet = number_of(sql, "max_allowed_packet");
    facts.max_connections = number_of(sql, "max_connections");
    facts.foreign_tables =
        lines_of(sql,
                 "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = "
                 "'BASE TABLE' AND (engine <> 'InnoDB' OR table_collation NOT LIKE 'utf8mb4%') ORDER BY table_name");
  });
  return facts;
}

}  // namespace guildhall::database
