#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/event_loops.hpp"
#include "net/async/task_group.hpp"
#include "socketio/context.hpp"
#include "socketio/engine/socket.hpp"
#include "socketio/namespace.hpp"

namespace guildhall::socketio {

/// A server without what brings it connections: the namespaces, and the clients in them.
class Hub : public std::enable_shared_from_this<Hub> {
 public:
  Hub(net::EventLoops& loops, Options options, base::Log log);

  /// See Server::of.
  Namespace& of(std::string_view name);
  /// nullptr where there is none of that name. Any thread, once clients connect.
  [[nodiscard]] std::shared_ptr<Namespace> find(std::string_view name) const;
  [[nodiscard]] std::size_t sockets() const;
  [[nodiscard]] const Context& context() const { return *context_; }

  /// Takes a new connection on, on its event loop.
  [[nodiscard]] std::unique_ptr<engine::SocketListener> accept(std::shared_ptr<engine::Socket> connection);

  /// Runs a task on a loop until it ends or `stop`. Called on that loop.
  void spawn(std::size_t loop, net::Task<> task) { tasks_[loop]->spawn(std::move(task)); }
  /// Cancels those tasks and waits for them.
  [[nodiscard]] net::Task<> stop();

 private:
  std::shared_ptr<const Context> context_;
  std::map<std::string, std::shared_ptr<Namespace>, std::less<>> namespaces_;
  std::vector<std::unique_ptr<net::TaskGroup>> tasks_;
};

}  // namespace guildhall::socketio
