#pragma once

#include <chrono>
#include <stdexcept>

namespace guildhall::database {

/// The database cannot be used at all. `what()` is one sentence for the person who starts the program.
class StartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The database is away, overloaded or out of space: the same call may succeed a moment later. Whether a write that
/// failed so took effect is unknown. `what()` is for the log, not for users.
class Unavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;

  /// When clients should try again.
  static constexpr std::chrono::seconds retry_after{1};
};

/// A statement violated a constraint of a table: another writer was first, or the caller has a bug.
class ConstraintViolation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace guildhall::database
