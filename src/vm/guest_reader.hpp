#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "vm/script.hpp"

namespace guildhall::vm {

/// A call that a run makes; calls are counted from 1.
struct GuestCall {
  std::uint32_t number = 0;
  Call call;
};

struct GuestLine {
  ConsoleLevel level{};
  std::string text;
};

/// The last thing that a run says: how it came to its end, as far as it knows itself.
struct GuestEnd {
  Outcome outcome;
};

using GuestMessage = std::variant<GuestCall, GuestLine, GuestEnd>;

/// Reads what a run's process sends (vm/protocol.hpp), and believes nothing of it: lengths, types, numbers, texts and
/// how much it says in all are held against the limits. Does no I/O.
class GuestReader {
 public:
  /// What went wrong. Nothing is read after it.
  struct Fault {
    Ending ending{};       ///< protocol, calls or call_size
    std::string_view why;  ///< A few words for the log.
  };

  explicit GuestReader(const ScriptLimits& limits);

  /// Takes what has arrived. What it holds is bounded by the longest frame and the longest piece, where `next` is
  /// called until it has nothing before more is given.
  void append(std::string_view bytes);

  /// The next message; nothing where more must arrive, after a fault and after GuestEnd. Lines beyond the limit are
  /// passed over, long ones cut.
  [[nodiscard]] std::optional<GuestMessage> next();

  [[nodiscard]] const std::optional<Fault>& fault() const { return fault_; }

 private:
  [[nodiscard]] std::optional<std::string_view> take_frame();
  [[nodiscard]] std::optional<GuestMessage> read(std::string_view frame);
  [[nodiscard]] std::optional<GuestMessage> read_call(boost::json::object& frame, std::size_t size);
  [[nodiscard]] std::optional<GuestMessage> read_line(const boost::json::object& frame);
  [[nodiscard]] std::optional<GuestMessage> read_end(const boost::json::object& frame, std::size_t size);
  std::nullopt_t fail(Ending ending, std::string_view why);

  ScriptLimits limits_;
  std::size_t most_;  ///< That a run may say in all, in bytes; short frames count for more.
  std::string buffer_;
  std::size_t begin_ = 0;  ///< Of what is unread in it.
  std::size_t said_ = 0;
  std::uint32_t calls_ = 0;
  unsigned lines_ = 0;
  bool ended_ = false;
  std::optional<Fault> fault_;
};

}  // namespace guildhall::vm
