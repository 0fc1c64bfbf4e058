#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "database/change_feed.hpp"
#include "database/database.hpp"

namespace soci {
class session;
class soci_error;
}  // namespace soci

namespace guildhall::database {

/// What an error of a statement means.
enum class Fault : std::uint8_t {
  busy,         ///< Too much load: the connection is fine, trying again may help.
  full,         ///< No space: as busy.
  broken,       ///< The connection, or the server behind it, is gone: only a new connection may help.
  damaged,      ///< What is stored cannot be understood: as broken.
  moved,        ///< The database's files are gone or replaced; see `check_in_place`.
  rolled_back,  ///< A deadlock: the database has rolled the whole transaction back; trying again may help.
  constraint,   ///< A constraint of a table.
  bug,          ///< A wrong statement.
};

/// Whether only a new connection may help.
[[nodiscard]] constexpr bool breaks_connection(Fault fault) {
  return fault == Fault::broken || fault == Fault::damaged;
}

/// What a connection is for.
enum class Access : std::uint8_t {
  read,
  write,
  schema,  ///< As write, for changes of the schema, which may take long.
};

/// How the schema is changed.
enum class SchemaChange : std::uint8_t {
  in_transaction,         ///< A migration is applied or rolled back as a whole.
  statement_by_statement  ///< Statements that change the schema commit themselves.
};

/// Everything that differs between databases. Repositories and the rest of this folder are written once.
class Dialect {
 public:
  virtual ~Dialect() = default;

  /// The connections that suit the database.
  struct Layout {
    std::size_t readers = 0;  ///< Connections that only read. Zero: those that write read as well.
    std::size_t writers = 1;  ///< Connections that write.
    std::size_t group = 1;    ///< Maximum number of writes in one transaction.
    ChangeFeed::Writers feed_writers = ChangeFeed::Writers::many;
    std::int64_t feed_overlap = 0;  ///< See ChangeFeed.
  };
  [[nodiscard]] virtual Layout layout() const = 0;

  /// Prepares the first connection. Throws StartError.
  virtual void prepare() = 0;
  /// A connection, ready for statements. Throws soci::soci_error.
  [[nodiscard]] virtual std::unique_ptr<soci::session> connect(Access access) const = 0;
  /// Called when the first connection has used the database: from now on its files are those that `check_in_place`
  /// expects.
  virtual void remember_files() {}
  /// Throws Unavailable if a file that was opened is gone or replaced, which a connection may not notice: what is
  /// written there is lost.
  virtual void check_in_place() const = 0;
  /// The bytes of the file that `find_damage` reads; nothing where the database is not ours to check.
  [[nodiscard]] virtual std::optional<std::uint64_t> file_size() const { return std::nullopt; }
  /// What is wrong with the stored data, for the log; empty if nothing is. Reads everything, unless `stop` becomes
  /// true: then it throws Fault::busy. Throws soci::soci_error.
  [[nodiscard]] virtual std::string find_damage(soci::session& /*sql*/, const std::atomic<bool>& /*stop*/) const {
    return {};
  }
  /// Called before a connection that writes is closed.
  virtual void prepare_close(soci::session& sql) const = 0;

  /// Starts a transaction. One that reads sees a snapshot; one that writes waits, within limits, until no other process
  /// has such a transaction open. Throws soci::soci_error.
  virtual void begin(soci::session& sql, Access access) const = 0;

  [[nodiscard]] virtual SchemaChange schema_change() const = 0;
  /// Excludes other processes until `unlock_schema`, unless `begin` does. Throws StartError if that takes too long, and
  /// soci::soci_error.
  virtual void lock_schema(soci::session& sql) const = 0;
  virtual void unlock_schema(soci::session& sql) const = 0;
  /// Whether a statement failed because it had taken effect before: the table or column exists, or is gone.
  [[nodiscard]] virtual bool is_done_already(const soci::soci_error& error) const = 0;
  /// The type that a name in braces stands for in a migration; empty for an unknown name.
  [[nodiscard]] virtual std::string_view type(std::string_view name) const = 0;
  /// The options after the columns of CREATE TABLE.
  [[nodiscard]] virtual std::string_view table_options() const = 0;

  [[nodiscard]] virtual Fault classify(const soci::soci_error& error) const = 0;
  /// The error for messages, without the values of parameters, which must not reach the log.
  [[nodiscard]] virtual std::string describe(const soci::soci_error& error) const = 0;
  /// One sentence about an error at the start.
  [[nodiscard]] virtual std::string explain(const soci::soci_error& error) const = 0;
  /// The database in messages: its path, or host and name.
  [[nodiscard]] virtual std::string name() const = 0;
};

[[nodiscard]] std::unique_ptr<Dialect> make_dialect(const Options& options);

/// Whether INSERT supports RETURNING: SQLite can, MariaDB since 10.5, MySQL cannot.
[[nodiscard]] bool has_returning(soci::session& sql);

}  // namespace guildhall::database
