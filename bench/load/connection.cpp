#include "bench/load/connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace guildhall::bench {
namespace {

constexpr std::string_view length_field = "content-length:";

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The position after `field`, in lower case, in `head`.
std::size_t find_field(std::string_view head, std::string_view field) {
  for (std::size_t line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line + 2)) {
    const auto name = head.substr(line + 2, field.size());
    std::size_t same = 0;
    while (same < name.size() && lower(name[same]) == field[same]) ++same;
    if (same == field.size()) return line + 2 + same;
  }
  return std::string_view::npos;
}

std::size_t content_length(std::string_view head) {
  auto at = find_field(head, length_field);
  if (at == std::string_view::npos) throw std::runtime_error("an answer has no Content-Length: " + std::string(head));
  while (head[at] == ' ') ++at;
  std::size_t length = 0;
  std::from_chars(head.data() + at, head.data() + head.size(), length);
  return length;
}

}  // namespace

Connection::Connection(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("connect");
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection() { ::close(descriptor_); }

void Connection::send(std::string_view request, Clock::time_point due) {
  due_ = due;
  // A request is small and the previous one was answered, so the send buffer has room.
  const auto sent = ::send(descriptor_, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent < 0) fail("send");
  if (static_cast<std::size_t>(sent) != request.size()) throw std::runtime_error("a request was sent in part only");
}

bool Connection::receive() {
  std::array<char, 16384> buffer;
  const auto size = ::recv(descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size < 0) {
    if (errno == EAGAIN || errno == EINTR) return false;
    fail("recv");
  }
  if (size == 0) throw std::runtime_error("the server closed a connection");
  answer_.append(buffer.data(), static_cast<std::size_t>(size));
  if (answer_size_ == 0) read_head();
  if (answer_size_ == 0 || answer_.size() < answer_size_) return false;
  answer_.clear();
  answer_size_ = 0;
  return true;
}

void Connection::read_head() {
  const auto end = answer_.find("\r\n\r\n");
  if (end == std::string::npos) return;
  const auto head = std::string_view(answer_).substr(0, end);
  if (!head.starts_with("HTTP/1.1 2")) throw std::runtime_error("an answer is not 2xx: " + answer_);
  answer_size_ = end + 4 + content_length(head);
}

}  // namespace guildhall::bench
