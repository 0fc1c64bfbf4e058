#pragma once

#include <chrono>
#include <stdexcept>

namespace guildhall::database {

/// The database cannot be used at all. `what()` is one sentence for the person who starts the program.
class StartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The database is away, too busy or out of space just now: the same call may succeed a moment later. Whether a write
/// that ended so took effect is unknown. `what()` is for the log, not for people outside.
class Unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;

  /// When it is worth trying again.
  static constexpr std::chrono::seconds retry_after{1};
};

/// A statement broke a constraint of a table: another writer was first, or the caller has a bug.
class ConstraintViolation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace guildhall::database
