#include "logger/descriptor_sink.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace guildhall::logger {

using std::chrono::steady_clock;

void DescriptorSink::give_up_after(std::chrono::milliseconds rest) {
  deadline_ = (steady_clock::now() + rest).time_since_epoch().count();
}

void DescriptorSink::sink_it_(const spdlog::details::log_msg& message) {
  const std::size_t lost = lost_();
  if (lost != lost_before_) write_line(describe_loss_(lost - lost_before_));
  lost_before_ = lost;
  write_line({message.payload.data(), message.payload.size()});
}

void DescriptorSink::write_line(std::string_view line) {
  while (!line.empty() && wait_until_writable()) {
    // A pipe that is ready takes this much at once; more could wait past every deadline.
    const ssize_t written = ::write(descriptor_, line.data(), std::min<std::size_t>(line.size(), PIPE_BUF));
    if (written > 0) {
      line.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR && errno != EAGAIN) {
      return;  // Nobody reads the output any more: there is no one to tell.
    }
  }
}

bool DescriptorSink::wait_until_writable() const {
  constexpr int look_again_ms = 50;
  while (true) {
    const bool gave_up = steady_clock::now().time_since_epoch().count() > deadline_;
    pollfd ready{.fd = descriptor_, .events = POLLOUT, .revents = 0};
    if (::poll(&ready, 1, gave_up ? 0 : look_again_ms) > 0) return true;
    if (gave_up) return false;
  }
}

}  // namespace guildhall::logger
