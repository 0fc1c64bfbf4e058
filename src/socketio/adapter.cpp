#include "socketio/adapter.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "socketio/packet.hpp"
#include "socketio/server_state.hpp"
#include "socketio/socket.hpp"

namespace guildhall::socketio {
namespace {

bool runs_on(const net::Executor& executor) {
  const auto* loop = executor.target<boost::asio::io_context::executor_type>();
  return loop != nullptr && loop->running_in_this_thread();
}

RecoveryLog::Time now() { return std::chrono::steady_clock::now(); }

BroadcastOptions only(const Socket& socket, engine::Delivery delivery = engine::Delivery::reliable) {
  return {{socket.id()}, {}, delivery};
}

}  // namespace

Adapter::Adapter(std::shared_ptr<const Context> context, std::string nsp)
    : context_(std::move(context)), nsp_(std::move(nsp)) {
  for (const auto& executor : context_->loops) loops_.emplace_back().executor = executor;
  if (context_->options.recovery) log_.emplace(*context_->options.recovery);
}

std::optional<std::vector<EncodedPacket>> Adapter::add(Socket& socket) {
  auto& rooms = loops_[socket.loop_].rooms;
  const auto lock = lock_log();
  const auto since = last_number_.load();
  rooms.add(socket, since);
  if (!socket.recovered()) return std::nullopt;
  auto missed = log_->missed(*socket.saved_);
  if (missed) {
    for (const auto& [room, joined] : socket.saved_->rooms) rooms.join(socket, room, since);
  }
  return missed;
}

void Adapter::remove(Socket& socket, bool save) {
  auto& loop = loops_[socket.loop_];
  if (log_ && save) {
    auto& saved = *socket.saved_;
    saved.data = socket.data_;
    const auto since = loop.rooms.since(socket);
    if (!socket.recovered()) saved.since = since;
    const auto restored = std::exchange(saved.rooms, {});
    for (const auto& [room, joined] : loop.rooms.rooms_of(socket)) {
      // A restored room keeps its first number, because older packets may be missed again.
      const auto first = joined == since ? restored.find(room) : restored.end();
      saved.rooms.emplace(room, first == restored.end() ? joined : first->second);
    }
    const auto lock = lock_log();
    saved.sent_up_to = loop.last_queued == loop.last_run ? last_number_.load() : loop.last_run;
    log_->save(std::move(saved), now());
  }
  loop.rooms.remove(socket);
}

void Adapter::join(Socket& socket, std::string_view room) {
  loops_[socket.loop_].rooms.join(socket, room, last_number_.load());
}

void Adapter::leave(Socket& socket, std::string_view room) { loops_[socket.loop_].rooms.leave(socket, room); }

bool Adapter::contains(const Socket& socket, std::string_view room) const {
  return loops_[socket.loop_].rooms.contains(socket, room);
}

std::vector<std::string> Adapter::rooms_of(const Socket& socket) const {
  std::vector<std::string> names;
  for (auto& [room, since] : loops_[socket.loop_].rooms.rooms_of(socket)) names.push_back(std::move(room));
  return names;
}

void Adapter::emit(Socket& socket, std::string_view event, const Arguments& arguments, engine::Delivery delivery) {
  auto text = encode_event(nsp_, event, arguments);
  if (log_) return publish(only(socket, delivery), std::move(text), arguments.attachments(), socket.loop_);
  socket.connection_->send(std::make_shared<engine::EncodedMessages>(text, arguments.attachments()), delivery);
}

void Adapter::send(Socket& socket, EncodedPacket packet) {
  const auto send_to = [packet = std::move(packet)](Socket& receiver) {
    receiver.connection_->send(packet, engine::Delivery::reliable);
  };
  if (!log_) return send_to(socket);
  run(only(socket), socket.loop_, [&](std::uint64_t) { return send_to; });
}

void Adapter::broadcast(BroadcastOptions options, std::string_view event, const Arguments& arguments) {
  if (!log_ && size() == 0) return;
  publish(std::move(options), encode_event(nsp_, event, arguments), arguments.attachments());
}

void Adapter::for_each(BroadcastOptions options, std::function<void(Socket&)> action) {
  run(std::move(options), {}, [&](std::uint64_t) { return std::move(action); });
}

void Adapter::join(BroadcastOptions options, std::string_view room) {
  run(std::move(options), {}, [&](std::uint64_t number) {
    return [this, room = std::string(room), number](Socket& socket) {
      loops_[socket.loop_].rooms.join(socket, room, number);
    };
  });
}

std::size_t Adapter::size() const {
  std::size_t sockets = 0;
  for (const auto& loop : loops_) sockets += loop.rooms.size();
  return sockets;
}

std::unique_ptr<SavedSocket> Adapter::restore(std::string_view pid, std::string_view offset) {
  const auto lock = lock_log();
  return log_->restore(pid, offset, now());
}

std::unique_lock<std::mutex> Adapter::lock_log() {
  return log_ ? std::unique_lock(log_mutex_) : std::unique_lock<std::mutex>();
}

void Adapter::publish(BroadcastOptions options, std::string text, const std::vector<std::string>& attachments,
                      std::optional<std::size_t> only_loop) {
  const auto delivery = options.delivery;
  const bool recoverable = log_ && delivery == engine::Delivery::reliable;
  const auto kept_options = recoverable ? options : BroadcastOptions();
  run(std::move(options), only_loop, [&](std::uint64_t number) {
    if (recoverable) {
      text.back() = ',';
      text.append(1, '"').append(log_->offset(number)).append("\"]");
    }
    const EncodedPacket packet = std::make_shared<engine::EncodedMessages>(text, attachments);
    if (recoverable) log_->append(number, packet, kept_options, now());
    return [packet, delivery, recoverable, number](Socket& socket) {
      socket.connection_->send(packet, delivery);
      if (recoverable) socket.saved_->last_sent = number;
    };
  });
}

template <class MakeAction>
void Adapter::run(BroadcastOptions options, std::optional<std::size_t> only_loop, const MakeAction& make_action) {
  auto lock = lock_log();
  const auto number = last_number_.fetch_add(1) + 1;
  const auto operation = std::make_shared<const Operation>(Operation{number, std::move(options), make_action(number)});
  const Loop* here = nullptr;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    auto& loop = loops_[i];
    if (loop.rooms.size() == 0 || only_loop.value_or(i) != i) continue;
    if (runs_on(loop.executor) && loop.last_queued == loop.last_run) {
      here = &loop;
    } else {
      if (log_) loop.last_queued = number;
      enqueue(i, operation);
    }
  }
  if (lock) lock.unlock();
  if (here != nullptr) run_on(*here, *operation);
}

void Adapter::enqueue(std::size_t i, const std::shared_ptr<const Operation>& operation) {
  auto& loop = loops_[i];
  const std::scoped_lock lock(loop.mutex);
  loop.queue.push_back(operation);
  if (std::exchange(loop.posted, true)) return;
  boost::asio::post(loop.executor, [self = shared_from_this(), i] { self->run_queue(i); });
}

void Adapter::run_queue(std::size_t i) {
  auto& loop = loops_[i];
  std::vector<std::shared_ptr<const Operation>> operations;
  {
    const std::scoped_lock lock(loop.mutex);
    operations.swap(loop.queue);
    loop.posted = false;
  }
  for (const auto& operation : operations) {
    run_on(loop, *operation);
    if (log_) loop.last_run = operation->number;
  }
}

void Adapter::run_on(const Loop& loop, const Operation& operation) {
  for (const auto& socket : loop.rooms.select(operation.options, operation.number)) {
    // The action for another socket may have removed this one.
    if (!socket->memberships_.empty()) operation.action(*socket);
  }
}

}  // namespace guildhall::socketio
