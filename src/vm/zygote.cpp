#include "vm/zygote.hpp"

#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "vm/guest_process.hpp"
#include "vm/socket_pair.hpp"

namespace guildhall::vm {

using Socket = boost::asio::local::stream_protocol::socket;

base::Result<std::shared_ptr<Zygote>> Zygote::start(const net::Executor& executor, const std::filesystem::path& program,
                                                    bool unsafe, HostTimeouts timeouts,
                                                    std::weak_ptr<ZygoteListener> listener) {
  auto pair = make_socket_pair();
  if (!pair) return pair.error();
  Socket control(executor);
  boost::system::error_code error;
  control.assign(boost::asio::local::stream_protocol(), pair->ours.get(), error);
  if (error) return base::Error{base::Errc::unavailable, "The script host cannot be listened to: " + error.message()};
  static_cast<void>(pair->ours.release());
  const auto process = start_guest(program, unsafe, pair->theirs);
  if (!process) return process.error();
  std::shared_ptr<Zygote> zygote(new Zygote(*process, std::move(control), timeouts, std::move(listener)));
  zygote->wait_until_ready();
  zygote->listen();
  return zygote;
}

Zygote::Zygote(pid_t process, Socket control, HostTimeouts timeouts, std::weak_ptr<ZygoteListener> listener)
    : process_(process),
      control_(std::move(control)),
      timer_(control_.get_executor()),
      timeouts_(timeouts),
      listener_(std::move(listener)) {}

Zygote::~Zygote() {
  if (!gone_) reap_now(process_);
}

void Zygote::run(const protocol::Record& limits, Descriptor socket) { send({limits, std::move(socket)}); }

void Zygote::kill(std::uint64_t number) {
  Outgoing outgoing;
  outgoing.record.op = protocol::Op::kill;
  outgoing.record.number = number;
  send(std::move(outgoing));
}

void Zygote::end() {
  if (std::exchange(done_, true)) return;
  timer_.cancel();
  boost::system::error_code ignored;
  control_.close(ignored);
  outgoing_.clear();
  boost::asio::co_spawn(control_.get_executor(), reap(shared_from_this()), boost::asio::detached);
}

void Zygote::wait_until_ready() {
  timer_.expires_after(timeouts_.start);
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (!cancelled && self && !self->ready_) self->die("it was not ready in time");
  });
}

void Zygote::listen() {
  boost::asio::async_read(control_, boost::asio::buffer(&incoming_, sizeof incoming_),
                          [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                            if (self->done_) return;
                            if (error) return self->die("it ended");
                            self->hear(self->incoming_);
                            if (!self->done_) self->listen();
                          });
}

void Zygote::hear(const protocol::Record& record) {
  const auto listener = listener_.lock();
  if (!listener) return end();
  if (!ready_ && record.op == protocol::Op::ready) {
    ready_ = true;
    timer_.cancel();
    listener->on_ready(record.number);
  } else if (ready_ && record.op == protocol::Op::ended) {
    listener->on_ended(record);
  } else {
    die("what it said is not the protocol");
  }
}

void Zygote::send(Outgoing outgoing) {
  if (done_) return;
  outgoing_.push_back(std::move(outgoing));
  if (!writing_) write();
}

void Zygote::write() {
  while (!done_ && !outgoing_.empty()) {
    if (!write_one(outgoing_.front())) {
      writing_ = true;
      control_.async_wait(Socket::wait_write, [self = shared_from_this()](boost::system::error_code) {
        self->writing_ = false;
        self->write();
      });
      return;
    }
    outgoing_.pop_front();
  }
}

bool Zygote::write_one(const Outgoing& outgoing) {
  ::iovec bytes{const_cast<protocol::Record*>(&outgoing.record), sizeof outgoing.record};
  alignas(::cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> space{};
  ::msghdr message{};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  if (const int descriptor = outgoing.descriptor.get(); descriptor >= 0) {
    message.msg_control = space.data();
    message.msg_controllen = space.size();
    auto* rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof descriptor);
    std::memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
  }
  ::ssize_t sent = 0;
  do sent = ::sendmsg(control_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
  // The kernel takes as few bytes whole or not at all. Who sends is not to be called from here.
  if (sent != static_cast<::ssize_t>(sizeof outgoing.record)) {
    boost::asio::post(control_.get_executor(), [self = shared_from_this()] { self->die("it does not listen"); });
  }
  return true;
}

void Zygote::die(std::string_view why) {
  if (done_) return;
  end();
  if (const auto listener = listener_.lock()) listener->on_dead(why);
}

net::Task<> Zygote::reap(std::shared_ptr<Zygote> self) {
  auto seeing_off = vm::reap(self->process_, self->timeouts_.shutdown);
  co_await std::move(seeing_off);
  self->gone_ = true;
  if (const auto listener = self->listener_.lock()) listener->on_reaped();
}

}  // namespace guildhall::vm
