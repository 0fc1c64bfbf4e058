#pragma once

#include <cstdint>
#include <memory>
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
  busy,        ///< Too much going on, or no space: the connection is fine, trying again may help.
  broken,      ///< The connection, or what is behind it, is gone: only a new one may help.
  undone,      ///< As busy, and the database has undone the whole transaction: a deadlock.
  constraint,  ///< A constraint of a table.
  bug,         ///< A wrong statement.
};

/// What a connection is for.
enum class Access : std::uint8_t {
  read,
  write,
  schema,  ///< As write, for changes of the schema, which may take long.
};

/// How the schema is changed.
enum class SchemaChange : std::uint8_t {
  in_transaction,         ///< A migration is done or undone as a whole.
  statement_by_statement  ///< Statements that change the schema commit themselves.
};

/// All that differs between databases. Repositories and the rest of this folder are written once.
class Dialect {
 public:
  virtual ~Dialect() = default;

  /// How the database likes to be used.
  struct Layout {
    std::size_t readers = 0;  ///< Connections that only read. Zero: those that write read as well.
    std::size_t writers = 1;  ///< Connections that write.
    std::size_t group = 1;    ///< Writes that share a transaction at most.
    ChangeFeed::Writers feed_writers = ChangeFeed::Writers::many;
    std::int64_t feed_overlap = 0;  ///< See ChangeFeed.
  };
  [[nodiscard]] virtual Layout layout() const = 0;

  /// Makes the database ready to be connected to for the first time. Throws StartError.
  virtual void prepare() = 0;
  /// A connection, ready for statements. Throws soci::soci_error.
  [[nodiscard]] virtual std::unique_ptr<soci::session> connect(Access access) const = 0;
  /// Throws Unavailable where the database that was prepared is not there any more, which a connection may not notice.
  virtual void check_in_place() const = 0;
  /// What is worth doing before a connection that writes is closed.
  virtual void retire(soci::session& sql) const = 0;

  /// Starts a transaction. All that one sees which reads is of one moment; one that writes waits, within limits, until
  /// no other process has such a one open. Throws soci::soci_error.
  virtual void begin(soci::session& sql, Access access) const = 0;

  [[nodiscard]] virtual SchemaChange schema_change() const = 0;
  /// Waits until no other process is between this and `unlock_schema`, unless `begin` sees to that. Throws StartError
  /// where that takes too long, and soci::soci_error.
  virtual void lock_schema(soci::session& sql) const = 0;
  virtual void unlock_schema(soci::session& sql) const = 0;
  /// Whether a statement failed since what it makes is there, or what it removes is not.
  [[nodiscard]] virtual bool is_done_already(const soci::soci_error& error) const = 0;
  /// What a name in braces stands for in a migration; empty where there is no such name.
  [[nodiscard]] virtual std::string_view type(std::string_view name) const = 0;
  /// What follows the columns of CREATE TABLE.
  [[nodiscard]] virtual std::string_view table_options() const = 0;

  [[nodiscard]] virtual Fault classify(const soci::soci_error& error) const = 0;
  /// The error in messages, without the values of parameters: those are not for the log.
  [[nodiscard]] virtual std::string describe(const soci::soci_error& error) const = 0;
  /// One sentence about an error that kept the database from being used at the start.
  [[nodiscard]] virtual std::string explain(const soci::soci_error& error) const = 0;
  /// The database in messages: its path, or host and name.
  [[nodiscard]] virtual std::string name() const = 0;
};

[[nodiscard]] std::unique_ptr<Dialect> make_dialect(const Options& options);

/// Whether an INSERT can answer what it made (RETURNING): SQLite can, MariaDB since 10.5, MySQL cannot.
[[nodiscard]] bool has_returning(soci::session& sql);

}  // namespace guildhall::database
