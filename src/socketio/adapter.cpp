#include "socketio/adapter.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "socketio/packet.hpp"
#include "socketio/socket.hpp"

namespace guildhall::socketio {
namespace {

bool runs_on(const net::Executor& executor) {
  const auto* loop = executor.target<boost::asio::io_context::executor_type>();
  return loop != nullptr && loop->running_in_this_thread();
}

RecoveryLog::Time now() { return std::chrono::steady_clock::now(); }

}  // namespace

/// Something to be done with each socket of an audience.
struct Adapter::Job {
  Audience audience;
  std::function<void(Socket&)> action;
  std::uint64_t sequence;
};

Adapter::Adapter(std::shared_ptr<const Context> context, std::string nsp)
    : context_(std::move(context)), nsp_(std::move(nsp)) {
  for (const auto& executor : context_->loops) loops_.emplace_back().executor = executor;
  if (context_->options.recovery) recovery_.reset(new Recovery{{}, RecoveryLog(*context_->options.recovery)});
}

std::size_t Adapter::size() const {
  std::size_t sockets = 0;
  for (const auto& loop : loops_) sockets += loop.rooms.size();
  return sockets;
}

void Adapter::broadcast(const Audience& audience, std::string_view event, const Arguments& arguments,
                        engine::Delivery delivery) {
  if (!recovery_ && size() == 0) return;
  publish(audience, encode_event(nsp_, event, arguments), arguments.attachments(), delivery, std::nullopt);
}

void Adapter::emit(Socket& socket, std::string_view event, const Arguments& arguments, engine::Delivery delivery) {
  auto text = encode_event(nsp_, event, arguments);
  if (recovery_) return publish({{socket.id()}, {}}, std::move(text), arguments.attachments(), delivery, socket.loop_);
  socket.connection_->send(std::make_shared<engine::Outgoing>(text, arguments.attachments()), delivery);
}

void Adapter::publish(const Audience& audience, std::string text, const std::vector<std::string>& attachments,
                      engine::Delivery delivery, std::optional<std::size_t> only) {
  auto locked = lock();
  const auto sequence = sequence_.fetch_add(1) + 1;
  const bool kept = recovery_ && delivery == engine::Delivery::reliable;
  if (kept) {
    text.back() = ',';
    text.append(1, '"').append(recovery_->log.offset(sequence)).append("\"]");
  }
  const std::shared_ptr<const engine::Outgoing> packet = std::make_shared<engine::Outgoing>(text, attachments);
  if (kept) recovery_->log.append(sequence, packet, audience, now());
  auto send_to = [packet, delivery, kept, sequence](Socket& socket) {
    socket.connection_->send(packet, delivery);
    if (kept) socket.recoverable_->last_sent = sequence;
  };
  const auto job = std::make_shared<Job>(Job{audience, std::move(send_to), sequence});
  const auto here = hand_out(job, only);
  if (locked) locked.unlock();
  if (here) run(*here, *job);
}

void Adapter::for_each(const Audience& audience, std::function<void(Socket&)> action) {
  act(audience, [action = std::move(action)](Socket& socket, std::uint64_t) { action(socket); });
}

void Adapter::join(const Audience& audience, std::string_view room) {
  act(audience, [this, room = std::string(room)](Socket& socket, std::uint64_t sequence) {
    rooms(socket.loop_).join(socket, room, sequence);
  });
}

void Adapter::act(const Audience& audience, std::function<void(Socket&, std::uint64_t)> action) {
  auto locked = lock();
  const auto sequence = sequence_.fetch_add(1) + 1;
  auto numbered = [action = std::move(action), sequence](Socket& socket) { action(socket, sequence); };
  const auto job = std::make_shared<Job>(Job{audience, std::move(numbered), sequence});
  const auto here = hand_out(job, std::nullopt);
  if (locked) locked.unlock();
  if (here) run(*here, *job);
}

void Adapter::send(Socket& socket, std::shared_ptr<const engine::Outgoing> packet) {
  constexpr auto delivery = engine::Delivery::reliable;
  if (!recovery_) return socket.connection_->send(std::move(packet), delivery);
  auto locked = lock();
  auto send_to = [packet = std::move(packet)](Socket& receiver) { receiver.connection_->send(packet, delivery); };
  const auto job = std::make_shared<Job>(Job{{{socket.id()}, {}}, std::move(send_to), sequence_.fetch_add(1) + 1});
  const auto here = hand_out(job, socket.loop_);
  locked.unlock();
  if (here) run(*here, *job);
}

std::unique_lock<std::mutex> Adapter::lock() {
  return recovery_ ? std::unique_lock(recovery_->mutex) : std::unique_lock<std::mutex>();
}

std::optional<std::size_t> Adapter::hand_out(const std::shared_ptr<Job>& job, std::optional<std::size_t> only) {
  std::optional<std::size_t> here;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    auto& loop = loops_[i];
    if (loop.rooms.size() == 0 || only.value_or(i) != i) continue;
    if (runs_on(loop.executor) && loop.last_queued == loop.last_done) {
      here = i;
      continue;
    }
    if (recovery_) loop.last_queued = job->sequence;
    enqueue(i, job);
  }
  return here;
}

void Adapter::enqueue(std::size_t i, const std::shared_ptr<Job>& job) {
  auto& loop = loops_[i];
  const std::scoped_lock lock(loop.mutex);
  loop.queue.push_back(job);
  if (std::exchange(loop.woken, true)) return;
  boost::asio::post(loop.executor, [self = shared_from_this(), i] { self->run_queue(i); });
}

void Adapter::run_queue(std::size_t i) {
  auto& loop = loops_[i];
  std::vector<std::shared_ptr<Job>> jobs;
  {
    const std::scoped_lock lock(loop.mutex);
    jobs.swap(loop.queue);
    loop.woken = false;
  }
  for (const auto& job : jobs) {
    run(i, *job);
    if (recovery_) loop.last_done = job->sequence;
  }
}

void Adapter::run(std::size_t loop, const Job& job) {
  loops_[loop].rooms.for_each(job.audience, job.sequence, job.action);
}

std::optional<Adapter::Packets> Adapter::add(Socket& socket, const Session* session) {
  const auto locked = lock();
  const auto since = sequence();
  rooms(socket.loop_).add(socket, since);
  if (session == nullptr) return std::nullopt;
  auto missed = recovery_->log.missed(*session);
  if (missed) {
    for (const auto& [room, joined] : session->rooms) rooms(socket.loop_).join(socket, room, since);
  }
  return missed;
}

void Adapter::remove(Socket& socket, bool may_come_back) {
  auto& loop = loops_[socket.loop_];
  if (recovery_ && may_come_back) {
    Session session{socket.recoverable_->pid,      socket.id(), {}, socket.data_, loop.rooms.since(socket),
                    socket.recoverable_->last_sent};
    for (auto& [room, since] : loop.rooms.rooms_of(socket)) session.rooms.emplace(std::move(room), since);
    const auto locked = lock();
    session.settled = loop.last_queued == loop.last_done ? sequence() : loop.last_done;
    recovery_->log.keep(std::move(session), now());
  }
  loop.rooms.remove(socket);
}

std::unique_ptr<Session> Adapter::take_session(std::string_view pid, std::string_view offset) {
  const auto locked = lock();
  return recovery_->log.take(pid, offset, now());
}

}  // namespace guildhall::socketio
