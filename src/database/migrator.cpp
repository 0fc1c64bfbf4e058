#include "database/migrator.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "database/dialect.hpp"
#include "database/errors.hpp"
#include "database/sql.hpp"
#include "database/transaction.hpp"

namespace guildhall::database {
namespace {

/// Excludes other processes that change the schema.
class SchemaLock {
 public:
  SchemaLock(soci::session& sql, const Dialect& dialect) : sql_(sql), dialect_(dialect) { dialect_.lock_schema(sql_); }
  ~SchemaLock() {
    try {
      dialect_.unlock_schema(sql_);
    } catch (const soci::soci_error&) {
      // The connection is gone, and the lock with it.
    }
  }
  SchemaLock(const SchemaLock&) = delete;
  SchemaLock& operator=(const SchemaLock&) = delete;

 private:
  soci::session& sql_;
  const Dialect& dialect_;
};

/// Removes lines that are comments: SOCI would take their apostrophes for quotation marks.
std::string without_comments(std::string_view text) {
  std::string statement;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (!line.empty() && !line.starts_with("--")) statement.append(line).append("\n");
  }
  return statement;
}

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
  statement.append(text);
  if (statement.starts_with("CREATE TABLE")) statement.append(dialect.table_options());
  return statement;
}

std::vector<std::string> statements(std::string_view text, const Dialect& dialect) {
  constexpr std::string_view for_servers = "{server}";
  std::vector<std::string> all;
  for (auto end = text.find(";\n"); end != std::string_view::npos; end = text.find(";\n")) {
    auto statement = without_comments(text.substr(0, end));
    text.remove_prefix(end + 2);
    if (statement.starts_with(for_servers)) {
      if (dialect.schema_change() == SchemaChange::in_transaction) continue;  // SQLite
      statement.erase(0, for_servers.size());
    }
    all.push_back(translate(statement, dialect));
  }
  return all;
}

void mark_applied(soci::session& sql, const Migration& step, base::Timestamp now) {
  const std::string name{step.name};
  sql << "INSERT INTO schema_migrations (number, name, applied_at) VALUES (:number, :name, :now)",
      soci::use(step.number), soci::use(name), soci::use(now);
}

/// The progress of a migration whose statements commit one by one.
class Progress {
 public:
  Progress(soci::session& sql, const Dialect& dialect, std::int64_t step) : sql_(sql), dialect_(dialect), step_(step) {
    sql_ << translate(
        "CREATE TABLE IF NOT EXISTS schema_progress "
        "(number BIGINT NOT NULL PRIMARY KEY, done BIGINT NOT NULL, in_doubt BIGINT NOT NULL)",
        dialect_);
    sql_ << "SELECT done, in_doubt FROM schema_progress WHERE number = :number", soci::into(done_),
        soci::into(in_doubt_), soci::use(step_);
    if (sql_.got_data()) return;
    sql_ << "INSERT INTO schema_progress (number, done, in_doubt) VALUES (:number, 0, 0)", soci::use(step_);
  }

  /// Number of statements that have been applied.
  [[nodiscard]] std::size_t done() const { return static_cast<std::size_t>(done_); }

  /// Applies the next statement. If the program is killed or the connection lost meanwhile, the statement stays in
  /// doubt: it may have taken effect.
  void apply(const std::string& statement) {
    const bool was_in_doubt = in_doubt_ != 0;
    save(done_, 1);
    sql_ << "START TRANSACTION";  // for statements that do not commit themselves
    std::optional<Transaction> transaction(sql_);
    try {
      sql_ << statement;
    } catch (const soci::soci_error& error) {
      if (!was_in_doubt || !dialect_.is_done_already(error)) {
        transaction.reset();
        if (!was_in_doubt && !breaks_connection(dialect_.classify(error))) save(done_, 0);
        throw;
      }
    }
    save(done_ + 1, 0);
    transaction->commit();
    ++done_;
    in_doubt_ = 0;
  }

  void remove() { sql_ << "DELETE FROM schema_progress WHERE number = :number", soci::use(step_); }

 private:
  void save(long long done, int in_doubt) {
    sql_ << "UPDATE schema_progress SET done = :done, in_doubt = :in_doubt WHERE number = :number", soci::use(done),
        soci::use(in_doubt), soci::use(step_);
  }

  soci::session& sql_;
  const Dialect& dialect_;
  const std::int64_t step_;
  long long done_ = 0;
  int in_doubt_ = 0;
};

void apply(soci::session& sql, const Dialect& dialect, const Migration& step, base::Timestamp now) {
  const auto all = statements(step.sql, dialect);
  if (dialect.schema_change() == SchemaChange::in_transaction) {
    for (const auto& statement : all) sql << statement;
    mark_applied(sql, step, now);
    return;
  }
  Progress progress(sql, dialect, step.number);
  while (progress.done() < all.size()) progress.apply(all[progress.done()]);
  sql << "START TRANSACTION";
  Transaction transaction(sql);
  mark_applied(sql, step, now);
  progress.remove();
  transaction.commit();
}

/// Applies the next step. False if there is none.
bool advance(soci::session& sql, const Dialect& dialect, std::span<const Migration> steps, base::Timestamp now) {
  const auto version = schema_version(sql);
  const auto known = static_cast<std::int64_t>(steps.size());
  if (version > known) {
    throw StartError("The database " + dialect.name() + " was made by a newer guildhall (its schema is " +
                     std::to_string(version) + ", this one knows up to " + std::to_string(known) +
                     "). Start that one.");
  }
  if (version == known) return false;
  const auto& step = steps[static_cast<std::size_t>(version)];
  try {
    apply(sql, dialect, step, now);
  } catch (const soci::soci_error& error) {
    if (dialect.classify(error) != Fault::bug && dialect.classify(error) != Fault::constraint) throw;
    throw StartError("The database " + dialect.name() + " was not changed: migration " + std::to_string(step.number) +
                     " (" + std::string(step.name) + ") failed: " + dialect.describe(error) + ".");
  }
  return true;
}

bool has_versions(soci::session& sql, const Dialect& dialect) {
  try {
    static_cast<void>(schema_version(sql));
    return true;
  } catch (const soci::soci_error& error) {
    if (dialect.classify(error) != Fault::bug) throw;
    return false;
  }
}

void create_version_table(soci::session& sql, const Dialect& dialect) {
  // A user without the right to create tables must not need it.
  if (dialect.schema_change() == SchemaChange::statement_by_statement && has_versions(sql, dialect)) return;
  sql << translate(
      "CREATE TABLE IF NOT EXISTS schema_migrations "
      "(number BIGINT NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL, applied_at {time} NOT NULL)",
      dialect);
}

/// As `advance`, in one transaction if the database supports that for changes of the schema.
bool advance_in_transaction(soci::session& sql, const Dialect& dialect, std::span<const Migration> steps,
                            base::Timestamp now) {
  std::optional<Transaction> transaction;
  if (dialect.schema_change() == SchemaChange::in_transaction) {
    dialect.begin(sql, Access::schema);
    transaction.emplace(sql);
  }
  create_version_table(sql, dialect);
  const bool advanced = advance(sql, dialect, steps, now);
  if (transaction) transaction->commit();
  return advanced;
}

}  // namespace

std::int64_t schema_version(soci::session& sql) {
  long long version = 0;
  sql << "SELECT COALESCE(MAX(number), 0) FROM schema_migrations", soci::into(version);
  return version;
}

void migrate(soci::session& sql, const Dialect& dialect, std::span<const Migration> steps, base::Timestamp now) {
  const SchemaLock lock(sql, dialect);
  while (advance_in_transaction(sql, dialect, steps, now)) {
  }
}

}  // namespace guildhall::database
