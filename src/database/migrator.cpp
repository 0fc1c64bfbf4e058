#include "database/migrator.hpp"

#include <soci/soci.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "database/dialect.hpp"
#include "database/errors.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

/// Undoes a transaction that an exception has left open.
class Transaction {
 public:
  Transaction(soci::session& sql, std::string_view begin) : sql_(sql) { sql_ << std::string(begin); }
  ~Transaction() {
    if (!open_) return;
    try {
      sql_ << "ROLLBACK";
    } catch (const soci::soci_error&) {
      // The database has undone it already.
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    sql_ << "COMMIT";
    open_ = false;
  }

 private:
  soci::session& sql_;
  bool open_ = true;
};

std::string translate(std::string_view text, const Dialect& dialect) {
  std::string statement;
  for (auto brace = text.find('{'); brace != std::string_view::npos; brace = text.find('{')) {
    const auto end = text.find('}', brace);
    if (end == std::string_view::npos) throw std::logic_error("A migration has an open brace");
    const auto type = dialect.type(text.substr(brace + 1, end - brace - 1));
    if (type.empty()) throw std::logic_error("A migration names an unknown type");
    statement.append(text.substr(0, brace)).append(type);
    text.remove_prefix(end + 1);
  }
  return statement.append(text);
}

std::vector<std::string> statements(std::string_view text, const Dialect& dialect) {
  std::vector<std::string> all;
  for (auto end = text.find(";\n"); end != std::string_view::npos; end = text.find(";\n")) {
    all.push_back(translate(text.substr(0, end), dialect));
    text.remove_prefix(end + 2);
  }
  return all;
}

void apply(soci::session& sql, const Dialect& dialect, const Migration& step, base::Timestamp now) {
  for (const auto& statement : statements(step.sql, dialect)) sql << statement;
  const std::string name{step.name};
  sql << "INSERT INTO schema_migrations (number, name, applied_at) VALUES (:number, :name, :now)",
      soci::use(step.number), soci::use(name), soci::use(now);
}

/// Applies the next step, if there is one.
bool advance(soci::session& sql, const Dialect& dialect, std::span<const Migration> steps, base::Timestamp now) {
  Transaction transaction(sql, dialect.begin_migration());
  sql << translate(
      "CREATE TABLE IF NOT EXISTS schema_migrations "
      "(number BIGINT NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL, applied_at {time} NOT NULL)",
      dialect);
  const auto version = schema_version(sql);
  const auto known = static_cast<std::int64_t>(steps.size());
  if (version > known) {
    throw StartError("The database " + dialect.name() + " was made by a newer guildhall (its schema is " +
                     std::to_string(version) + ", this one knows up to " + std::to_string(known) +
                     "): start that one.");
  }
  if (version == known) {
    transaction.commit();
    return false;
  }
  const auto& step = steps[static_cast<std::size_t>(version)];
  try {
    apply(sql, dialect, step, now);
  } catch (const soci::soci_error& error) {
    if (dialect.classify(error) != Fault::bug && dialect.classify(error) != Fault::constraint) throw;
    throw StartError("The database " + dialect.name() + " was left as it is, since its change " +
                     std::to_string(step.number) + " (" + std::string(step.name) +
                     ") failed: " + error.get_error_message() + ".");
  }
  transaction.commit();
  return true;
}

}  // namespace

std::int64_t schema_version(soci::session& sql) {
  long long version = 0;
  sql << "SELECT COALESCE(MAX(number), 0) FROM schema_migrations", soci::into(version);
  return version;
}

void migrate(soci::session& sql, const Dialect& dialect, std::span<const Migration> steps, base::Timestamp now) {
  while (advance(sql, dialect, steps, now)) {
  }
}

}  // namespace guildhall::database
