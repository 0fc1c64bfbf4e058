#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "vm/guest/run.hpp"

namespace guildhall::vm::guest {

/// Makes runs as the parent asks for them, on the control channel, and tells how each ended (vm/protocol.hpp). For one
/// thread.
class Zygote {
 public:
  /// Opens what it needs, so it is made before that is forbidden.
  explicit Zygote(RunSetting setting);

  /// Whether an empty script can be run: all that a run needs is there, and nothing of it is forbidden.
  [[nodiscard]] bool self_test();

  /// Until the parent closes the channel. `missing`: bits of protocol::Missing, told first.
  void serve(std::uint64_t missing);

 private:
  struct Child {
    std::uint64_t run;
    int process;
    double started;  ///< Seconds.
  };

  [[nodiscard]] bool on_record();
  void start(const protocol::Record& record, int socket);
  void kill_run(std::uint64_t run) const;
  void reap();

  const RunSetting setting_;
  int children_ended_;  ///< Readable when some have (signalfd(2)).
  int self_test_parent_ = -1;
  int self_test_child_ = -1;
  std::size_t empty_run_ = 0;  ///< Bytes that an empty run has.
  std::vector<Child> children_;
};

}  // namespace guildhall::vm::guest
