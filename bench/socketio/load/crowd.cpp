#include "bench/socketio/load/crowd.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <span>
#include <stdexcept>
#include <system_error>

namespace guildhall::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t joining_at_once = 64;
constexpr std::chrono::seconds join_limit{60};
constexpr std::size_t buffer_size = 256 * 1024;

}  // namespace

Crowd::Crowd(std::uint16_t port) : port_(port), epoll_(::epoll_create1(EPOLL_CLOEXEC)), buffer_(buffer_size) {
  if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

Crowd::~Crowd() { ::close(epoll_); }

void Crowd::join(std::size_t clients) {
  clients_.reserve(clients);
  const auto deadline = Clock::now() + join_limit;
  while (joined_ < clients) {
    while (clients_.size() < clients && clients_.size() - joined_ < joining_at_once) connect_one();
    serve(std::chrono::milliseconds(100));
    if (Clock::now() > deadline) throw std::runtime_error("the server does not let all clients in");
  }
}

void Crowd::leave() {
  clients_.clear();
  joined_ = 0;
}

std::size_t Crowd::serve(std::chrono::milliseconds wait) {
  std::array<epoll_event, 256> ready{};
  const int count = ::epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), static_cast<int>(wait.count()));
  if (count < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "epoll_wait");
  std::size_t events = 0;
  for (int i = 0; i < count; ++i) {
    auto& client = *static_cast<Client*>(ready[static_cast<std::size_t>(i)].data.ptr);
    const bool was_joined = client.joined();
    events += client.read(buffer_);
    if (!was_joined && client.joined()) ++joined_;
  }
  return events;
}

void Crowd::connect_one() {
  clients_.push_back(std::make_unique<Client>(port_));
  epoll_event interest{};
  interest.events = EPOLLIN;
  interest.data.ptr = clients_.back().get();
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, clients_.back()->descriptor(), &interest) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
}

}  // namespace guildhall::bench
