#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

#include "net/task.hpp"

namespace guildhall::net {

/// Counts what is in flight, so that its owner can wait for the end of all of it (as Seastar's gate). For one event
/// loop.
class Gate {
 public:
  Gate();

  /// One thing in flight: it has left when this is destroyed. May outlive the gate.
  class Holder {
   public:
    Holder(Holder&&) noexcept = default;
    Holder& operator=(Holder&& other) noexcept;
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;
    ~Holder() { leave(); }

   private:
    friend class Gate;
    explicit Holder(std::shared_ptr<struct GateState> state);
    void leave();

    std::shared_ptr<struct GateState> state_;
  };

  /// Nothing after `close`.
  [[nodiscard]] std::optional<Holder> enter();
  [[nodiscard]] std::size_t in_flight() const;
  [[nodiscard]] bool closed() const;

  /// Waits until nothing is in flight, but not longer than `limit`: then it returns false. Others may enter meanwhile.
  [[nodiscard]] Task<bool> drain(std::chrono::steady_clock::duration limit) const;
  /// From now on `enter` returns nothing.
  void close();
  /// Closes, then drains.
  [[nodiscard]] Task<bool> close(std::chrono::steady_clock::duration limit);

 private:
  std::shared_ptr<GateState> state_;
};

}  // namespace guildhall::net
