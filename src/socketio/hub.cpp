#include "socketio/hub.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "socketio/client.hpp"

namespace guildhall::socketio {
namespace {

/// How long `stop` waits for the tasks of one loop.
constexpr std::chrono::seconds stop_limit{5};

std::vector<net::Executor> executors(const net::EventLoops& loops) {
  std::vector<net::Executor> all;
  for (std::size_t i = 0; i < loops.size(); ++i) all.push_back(loops.executor(i));
  return all;
}

/// What the connection owns of its client. The client itself may be needed a little longer.
class Listener : public engine::SocketListener {
 public:
  explicit Listener(std::shared_ptr<Client> client) : client_(std::move(client)) {}

  void on_text(std::string_view message) override {
    const auto client = client_;
    client->on_text(message);
  }
  void on_binary(std::string_view message) override {
    const auto client = client_;
    client->on_binary(message);
  }
  void on_close(engine::CloseReason reason) override {
    // The client holds the connection, which holds this.
    const auto client = std::move(client_);
    client->on_close(reason);
  }

 private:
  std::shared_ptr<Client> client_;
};

}  // namespace

Hub::Hub(net::EventLoops& loops, Options options, base::Log log)
    : context_(std::make_shared<const Context>(Context{std::move(options), executors(loops), std::move(log)})) {
  const auto report = [context = context_](std::exception_ptr failure) {
    context->guard("admission", "", [&] { std::rethrow_exception(failure); });
  };
  for (const auto& loop : context_->loops) tasks_.push_back(std::make_unique<net::TaskGroup>(loop, report));
}

Namespace& Hub::of(std::string_view name) {
  auto full = name.starts_with('/') ? std::string(name) : '/' + std::string(name);
  auto& nsp = namespaces_[full];
  if (!nsp) nsp = std::make_shared<Namespace>(context_, std::move(full));
  return *nsp;
}

std::shared_ptr<Namespace> Hub::find(std::string_view name) const {
  const auto at = namespaces_.find(name);
  return at == namespaces_.end() ? nullptr : at->second;
}

std::size_t Hub::sockets() const {
  std::size_t sum = 0;
  for (const auto& [name, nsp] : namespaces_) sum += nsp->size();
  return sum;
}

std::unique_ptr<engine::SocketListener> Hub::accept(std::shared_ptr<engine::Socket> connection) {
  const auto loop = std::ranges::find(context_->loops, connection->executor());
  const auto index = static_cast<std::uint32_t>(loop - context_->loops.begin());
  const auto client = std::make_shared<Client>(shared_from_this(), std::move(connection), index);
  client->start();
  return std::make_unique<Listener>(client);
}

net::Task<> Hub::stop() {
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    auto stopped = tasks_[i]->stop(stop_limit);
    co_await boost::asio::co_spawn(context_->loops[i], std::move(stopped), boost::asio::use_awaitable);
  }
}

}  // namespace guildhall::socketio
