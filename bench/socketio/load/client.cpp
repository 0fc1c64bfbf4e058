#include "bench/socketio/load/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <system_error>

#include "bench/socketio/load/frame.hpp"

namespace guildhall::bench {
namespace {

constexpr std::string_view upgrade_request =
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
    "Host: 127.0.0.1\r\n"
    "Connection: Upgrade\r\n"
    "Upgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "\r\n";

constexpr std::uint8_t text_frame = 1;

/// The number of bytes with the packet types of Engine.IO and Socket.IO.
constexpr std::size_t packet_start = 2;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

void send_all(int descriptor, std::string_view bytes) {
  const auto sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0) fail("sending");
  if (static_cast<std::size_t>(sent) != bytes.size()) throw std::runtime_error("the server does not read");
}

/// The number of bytes received; 0 if there were none.
std::size_t receive(int descriptor, std::span<char> buffer, int flags) {
  const auto received = ::recv(descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT | flags);
  if (received > 0) return static_cast<std::size_t>(received);
  if (received == 0) throw std::runtime_error("the server closed a connection");
  if (errno != EAGAIN) fail("receiving");
  return 0;
}

}  // namespace

Client::Client(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) fail("socket");
  try {
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // On the loopback interface this does not block unless the server's backlog is full.
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("connecting");
    send_all(descriptor_, upgrade_request);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

Client::~Client() { ::close(descriptor_); }

std::size_t Client::read(std::span<char> buffer) {
  if (state_ == State::upgrading) {
    read_upgrade_response(buffer);
    return 0;
  }
  const std::size_t received = receive(descriptor_, buffer.subspan(headroom), 0);
  char* const begin = buffer.data() + headroom - carried_size_;
  std::memcpy(begin, carried_.data(), carried_size_);
  return count_events({begin, received + carried_size_});
}

void Client::send(std::string_view packet) { send_all(descriptor_, masked_text_frame(packet)); }

void Client::read_upgrade_response(std::span<char> buffer) {
  const std::size_t peeked = receive(descriptor_, buffer, MSG_PEEK);
  const std::string_view text{buffer.data(), peeked};
  const auto end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) return;
  if (!text.starts_with("HTTP/1.1 101 ")) {
    throw std::runtime_error("no upgrade: " + std::string(text.substr(0, text.find("\r\n"))));
  }
  static_cast<void>(receive(descriptor_, buffer.first(end + 4), 0));
  state_ = State::opening;
}

std::size_t Client::count_events(std::string_view bytes) {
  std::size_t events = 0;
  for (;;) {
    const std::size_t skipped = std::min(to_skip_, bytes.size());
    bytes.remove_prefix(skipped);
    to_skip_ -= skipped;

    const auto frame = parse_frame_head(bytes);
    if (!frame || bytes.size() < frame->head + std::min(frame->payload, packet_start)) break;
    bytes.remove_prefix(frame->head);
    if (is_event(*frame, bytes.substr(0, std::min(frame->payload, packet_start)))) ++events;
    to_skip_ = frame->payload;
  }
  std::copy(bytes.begin(), bytes.end(), carried_.begin());
  carried_size_ = static_cast<std::uint8_t>(bytes.size());
  return events;
}

bool Client::is_event(const FrameHead& frame, std::string_view start) {
  if (frame.opcode != text_frame || !frame.final) throw std::runtime_error("a frame that is no whole text");
  if (start == "42" && state_ == State::joined) return true;
  if (start == "2") {
    send("3");
  } else if (start.starts_with('0') && state_ == State::opening) {
    send("40");
    state_ = State::joining;
  } else if (start == "40" && state_ == State::joining) {
    state_ = State::joined;
  } else {
    throw std::runtime_error("an unexpected packet: " + std::string(start));
  }
  return false;
}

}  // namespace guildhall::bench
