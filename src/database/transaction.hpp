#pragma once

#include <soci/soci.h>

namespace guildhall::database {

/// A transaction that has been begun, as by Dialect::begin: rolled back unless `commit` is called.
class Transaction {
 public:
  /// `sql` outlives this.
  explicit Transaction(soci::session& sql) : sql_(sql) {}
  ~Transaction() {
    if (!open_) return;
    try {
      sql_ << "ROLLBACK";
    } catch (const soci::soci_error&) {
      // The database has rolled back already, or the connection is gone.
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// Throws soci::soci_error.
  void commit() {
    sql_ << "COMMIT";
    open_ = false;
  }

 private:
  soci::session& sql_;
  bool open_ = true;
};

}  // namespace guildhall::database
