#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "database/dialect.hpp"

namespace guildhall::database {

/// How the last writes ended, and whether what was read was damaged, for readiness. Any thread may call.
class Health {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// How long the outcome of the last write says something about the next one.
  static constexpr std::chrono::seconds write_counts_for{10};
  /// The least time from one probe to the next while writes fail.
  static constexpr std::chrono::seconds probe_interval{1};

  /// A write has reached the disk.
  void wrote(Time now);
  /// A read or a write has failed. `reason`: see `Unavailable`.
  void failed(Access access, Fault fault, const std::string& reason, Time now);

  /// Whether what was read gives reason to check the whole database.
  [[nodiscard]] bool is_suspect() const;
  /// The outcome of such a check; `damage` is empty if there is none.
  void checked(const std::string& damage);

  /// Whether it is time for a write that only tries whether writes succeed. If so, the caller does one.
  [[nodiscard]] bool should_probe(Time now);

  /// One sentence for people why the database is not to be relied on; empty if it is.
  [[nodiscard]] std::string reason() const;

 private:
  mutable std::mutex mutex_;
  std::string write_failure_;  ///< Empty if the last write succeeded.
  bool suspect_ = false;
  bool damaged_ = false;
  std::optional<Time> last_write_;  ///< Its end, however it ended, or the start of the last probe.
};

}  // namespace guildhall::database
