#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "vm/script.hpp"

namespace guildhall::vm {

/// A call of a run. Calls are numbered from 1.
struct GuestCall {
  std::uint32_t number = 0;
  Call call;
};

struct GuestLine {
  ConsoleLevel level{};
  std::string text;
};

/// The run waits for a frame.
struct GuestIdle {
  std::optional<std::chrono::milliseconds> wait;  ///< Until its first timer is due.
  std::size_t memory = 0;                         ///< Bytes that it claims to use, at most its limit.
  std::optional<std::chrono::microseconds> cpu;   ///< That it claims to have used so far, at most its limit.
};

/// The last message of a run: how it ended, as far as it knows.
struct GuestEnd {
  Outcome outcome;
};

using GuestMessage = std::variant<GuestCall, GuestLine, GuestIdle, GuestEnd>;

/// Decodes what a run's process sends (vm/protocol.hpp). The input is untrusted: lengths, types, numbers, texts and the
/// total size are checked against the limits. Does no I/O.
class GuestReader {
 public:
  /// The first violation. Nothing is read after it.
  struct Fault {
    Ending ending{};       ///< protocol, calls or call_size
    std::string_view why;  ///< For the log.
  };

  explicit GuestReader(const ScriptLimits& limits);

  /// Adds received bytes. Call `next` until it returns nothing before adding more; the buffer is then bounded by one
  /// frame and the added bytes.
  void append(std::string_view bytes);

  /// Returns the next message, or nothing if more bytes are needed, after a fault and after GuestEnd. Lines beyond the
  /// limit are skipped, long ones truncated.
  [[nodiscard]] std::optional<GuestMessage> next();

  [[nodiscard]] const std::optional<Fault>& fault() const { return fault_; }

 private:
  [[nodiscard]] std::optional<std::string_view> take_frame();
  [[nodiscard]] std::optional<GuestMessage> read(std::string_view frame);
  [[nodiscard]] std::optional<GuestMessage> read_call(boost::json::object& frame, std::size_t size);
  [[nodiscard]] std::optional<GuestMessage> read_line(const boost::json::object& frame);
  [[nodiscard]] std::optional<GuestMessage> read_idle(const boost::json::object& frame, std::size_t size);
  [[nodiscard]] std::optional<GuestMessage> read_end(const boost::json::object& frame, std::size_t size);
  std::nullopt_t fail(Ending ending, std::string_view why);

  ScriptLimits limits_;
  std::size_t max_total_;  ///< Bytes that a run may send in all, but for GuestIdle; short frames count for more.
  std::string buffer_;
  std::size_t unread_ = 0;  ///< Where the unread bytes start in `buffer_`.
  std::size_t total_ = 0;
  std::uint32_t calls_ = 0;
  unsigned lines_ = 0;
  bool ended_ = false;
  std::optional<Fault> fault_;
};

}  // namespace guildhall::vm
