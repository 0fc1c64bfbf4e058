#pragma once

#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace guildhall::logger {

/// Writes the payload of each message, a whole line, to a file descriptor. Used by one thread, which may wait for the
/// reader of the output as long as `give_up_after` was not called.
class DescriptorSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  /// `lost` says how many lines did not get here so far; `describe_loss` makes a line of a number of lost lines.
  DescriptorSink(int descriptor, std::function<std::size_t()> lost,
                 std::function<std::string(std::size_t)> describe_loss)
      : descriptor_(descriptor), lost_(std::move(lost)), describe_loss_(std::move(describe_loss)) {}

  /// From then on a line that the reader does not take within what is left of `rest` is dropped. Any thread.
  void give_up_after(std::chrono::milliseconds rest);

 private:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override {}
  void write_line(std::string_view line);
  [[nodiscard]] bool wait_until_writable() const;

  int descriptor_;
  std::function<std::size_t()> lost_;
  std::function<std::string(std::size_t)> describe_loss_;
  std::size_t lost_before_ = 0;
  std::atomic<std::chrono::steady_clock::rep> deadline_ = std::chrono::steady_clock::duration::max().count();
};

}  // namespace guildhall::logger
