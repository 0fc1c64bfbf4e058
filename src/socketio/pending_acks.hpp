#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>

#include "base/result.hpp"
#include "net/task.hpp"
#include "socketio/arguments.hpp"

namespace guildhall::socketio {

/// The acknowledgements that a socket waits for. Lives on its event loop.
class PendingAcks {
 public:
  using Handler = std::function<void(base::Result<Arguments> answer)>;

  [[nodiscard]] std::size_t size() const { return waiting_.size(); }

  /// The id to send. `expire` is called with it when `timeout` is over and nobody took the handler.
  std::uint64_t add(const net::Executor& executor, std::chrono::milliseconds timeout, Handler handler,
                    std::function<void(std::uint64_t id)> expire);
  /// The handler, which then waits no more; an empty one where none has that id.
  [[nodiscard]] Handler take(std::uint64_t id);
  /// All of them.
  [[nodiscard]] std::vector<Handler> take_all();

 private:
  struct Waiting {
    Handler handler;
    boost::asio::steady_timer timer;
  };

  std::uint64_t next_id_ = 0;
  std::unordered_map<std::uint64_t, Waiting> waiting_;
};

}  // namespace guildhall::socketio
