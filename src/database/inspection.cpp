#include "database/inspection.hpp"

#include "database/dialect.hpp"
#include "database/rows.hpp"
#include "database/upgrade.hpp"

namespace guildhall::database {

ServerFacts inspect_server(const Options& options) {
  ServerFacts facts;
  with_dialect(options, [&](const Dialect& dialect) {
    const auto connection = connect_to_inspect(options, dialect);
    auto& sql = *connection;
    const auto number = [&sql](const char* variable) {
      return query_one<unsigned long long>(sql, std::string("SELECT @@GLOBAL.") + variable).value_or(0);
    };
    facts.version = query_one<std::string>(sql, "SELECT VERSION()").value_or("");
    facts.grants = query<std::string>(sql, "SHOW GRANTS");
    facts.max_allowed_packet = number("max_allowed_packet");
    facts.max_connections = number("max_connections");
    facts.unsuitable_tables =
        query<std::string>(sql,
                           "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND "
                           "table_type = 'BASE TABLE' "
                           "AND (engine <> 'InnoDB' OR table_collation NOT LIKE 'utf8mb4%') ORDER BY table_name");
  });
  return facts;
}

}  // namespace guildhall::database
