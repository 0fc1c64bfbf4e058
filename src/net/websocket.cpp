#include "net/websocket.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <utility>

#include "base/random.hpp"

namespace guildhall::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// The maximum number of pieces in one write.
constexpr std::size_t max_pieces = 64;
/// How many reads, and how much time, a connection gets before the others have their turn.
constexpr int max_reads = 8;
constexpr std::chrono::milliseconds max_reading{4};
/// A ping is not answered while so many answers are queued: a peer may send thousands of pings in one turn of the loop,
/// and an answer to a later one will do (RFC 6455 section 5.5.3).
constexpr std::uint8_t max_queued_pongs = 8;
/// Idle connections keep capacity for this many pieces.
constexpr std::size_t kept_pieces = 4;

/// Shared by all connections of a thread: each uses its bytes before the next one reads.
std::span<char> read_space() {
  thread_local std::array<char, 64 * 1024> space;
  return space;
}

MaskingKey random_masking_key() {
  MaskingKey key{};
  base::random_bytes(std::as_writable_bytes(std::span(key)));
  return key;
}

}  // namespace

WebSocketLoop::WebSocketLoop(Executor executor)
    : executor_(std::move(executor)), deadlines_(std::make_shared<Deadlines>(executor_)) {}

Task<> WebSocketLoop::drained(std::chrono::milliseconds limit) {
  drained_.reset();
  if (sockets_ > 0) co_await drained_.wait_for(limit);
}

void WebSocketLoop::write_soon(std::shared_ptr<WebSocket> socket) {
  if (queued_.empty()) asio::post(executor_, [self = shared_from_this()] { self->write_queued(); });
  queued_.push_back(std::move(socket));
}

void WebSocketLoop::write_queued() {
  const auto sockets = std::exchange(queued_, {});
  for (const auto& socket : sockets) {
    socket->queued_ = false;
    socket->write_queued();
  }
}

WebSocket::WebSocket(std::shared_ptr<WebSocketLoop> loop, UpgradedConnection connection, const WebSocketRules& rules)
    : loop_(std::move(loop)),
      descriptor_(loop_->executor(), connection.release_socket()),
      stream_(descriptor_.native_handle(), connection.release_tls()),
      reader_(rules),
      role_(rules.role),
      deflate_(rules.deflate) {
  if (!connection.head.empty()) {
    auto head = std::make_shared<std::string>(std::move(connection.head));
    const std::string_view bytes = *head;
    pieces_.push_back({std::move(head), bytes});
    unsent_ = bytes.size() + piece_cost;
  }
  if (!connection.early.empty()) early_ = std::make_unique<std::string>(std::move(connection.early));
  ++loop_->sockets_;
}

WebSocket::~WebSocket() {
  if (state_ != State::finished) finish();
}

void WebSocket::start(WebSocketListener& listener) {
  listener_ = &listener;
  write_queued();
  if (early_) {
    const auto early = std::exchange(early_, nullptr);
    take(*early);
  }
  if (state_ != State::finished) wait_readable();
}

void WebSocket::send(std::shared_ptr<const void> owner, std::string_view frames) {
  if (state_ == State::open) queue(std::move(owner), frames);
}

void WebSocket::queue(std::shared_ptr<const void> owner, std::string_view frames) {
  pieces_.push_back({std::move(owner), frames});
  unsent_ += frames.size() + piece_cost;
  if (!blocked_ && !std::exchange(queued_, true)) loop_->write_soon(shared_from_this());
}

void WebSocket::close(CloseCode code, std::string_view reason) {
  forget_listener();
  if (state_ != State::open) return;
  state_ = State::closing;
  queue_control(Opcode::close, close_payload(code, reason));
  loop_->deadlines().set(*this, std::chrono::steady_clock::now() + close_limit);
  write_queued();
}

void WebSocket::abort() {
  forget_listener();
  if (state_ != State::finished) finish();
}

void WebSocket::reset() {
  if (state_ != State::finished) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor_.native_handle(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  abort();
}

void WebSocket::on_deadline(Time) { finish(); }

void WebSocket::wait_readable() {
  descriptor_.async_wait(asio::posix::descriptor_base::wait_read, [self = shared_from_this()](error_code error) {
    if (!error) self->read();
  });
}

void WebSocket::read() {
  switch (read_some()) {
    case Transfer::Outcome::done: asio::post(loop_->executor(), [self = shared_from_this()] { self->read(); }); break;
    case Transfer::Outcome::would_block: wait_readable(); break;
    case Transfer::Outcome::ended:
    case Transfer::Outcome::failed: break;
  }
}

/// Readiness for the remaining bytes is still reported, because the wait is already armed.
void WebSocket::read_arrived() { static_cast<void>(read_some()); }

/// Returns `done` if there may be more.
Transfer::Outcome WebSocket::read_some() {
  const auto space = read_space();
  const auto until = std::chrono::steady_clock::now() + max_reading;
  for (int reads = 0; reads < max_reads && (reads == 0 || std::chrono::steady_clock::now() < until); ++reads) {
    if (state_ == State::finished) return Transfer::Outcome::ended;
    const Transfer transfer = stream_.read(space);
    take(space.first(transfer.bytes));
    if (state_ == State::finished) return Transfer::Outcome::ended;
    if (transfer.outcome == Transfer::Outcome::would_block) return transfer.outcome;
    if (transfer.outcome != Transfer::Outcome::done) {
      end(CloseCode::abnormal);
      return Transfer::Outcome::ended;
    }
  }
  return Transfer::Outcome::done;
}

void WebSocket::take(std::span<char> bytes) {
  while (state_ == State::open || state_ == State::closing) {
    switch (reader_.next(bytes)) {
      case WebSocketReader::Outcome::need_more: return;
      case WebSocketReader::Outcome::message: take_event(); break;
      case WebSocketReader::Outcome::failed: return leave(reader_.failure(), close_payload(reader_.failure(), {}));
    }
  }
}

void WebSocket::take_event() {
  switch (reader_.kind()) {
    case Opcode::ping:
      if (!blocked_ && pongs_ < max_queued_pongs && state_ == State::open) {
        ++pongs_;
        queue_control(Opcode::pong, reader_.payload());
      }
      break;
    case Opcode::close: leave(parse_close_payload(reader_.payload())->code, reader_.payload()); break;
    case Opcode::text:
    case Opcode::binary:
      if (listener_ != nullptr) listener_->on_message(*this, reader_.kind(), reader_.payload());
      break;
    case Opcode::pong:
    case Opcode::continuation: break;
  }
}

void WebSocket::wait_writable() {
  blocked_ = true;
  descriptor_.async_wait(asio::posix::descriptor_base::wait_write, [self = shared_from_this()](error_code error) {
    if (error) return;
    self->blocked_ = false;
    self->write_queued();
  });
}

void WebSocket::write_queued() {
  while (!blocked_ && first_piece_ < pieces_.size()) {
    std::array<std::string_view, max_pieces> views;
    const std::size_t count = std::min(views.size(), pieces_.size() - first_piece_);
    for (std::size_t i = 0; i < count; ++i) views[i] = pieces_[first_piece_ + i].bytes;
    const Transfer transfer = stream_.write(std::span(views).first(count));
    consume(transfer.bytes);
    if (transfer.outcome == Transfer::Outcome::would_block) wait_writable();
    if (transfer.outcome == Transfer::Outcome::failed) return end(CloseCode::abnormal);
  }
  if (state_ == State::leaving && pieces_.empty() && !std::exchange(shut_down_, true)) stream_.shut_down();
}

void WebSocket::consume(std::size_t bytes) {
  unsent_ -= bytes;
  while (bytes > 0) {
    Piece& piece = pieces_[first_piece_];
    const std::size_t taken = std::min(bytes, piece.bytes.size());
    piece.bytes.remove_prefix(taken);
    bytes -= taken;
    if (!piece.bytes.empty()) break;
    piece.owner.reset();
    unsent_ -= piece_cost;
    ++first_piece_;
  }
  if (first_piece_ == pieces_.size()) {
    pieces_.clear();
    first_piece_ = 0;
    pongs_ = 0;
    if (pieces_.capacity() > kept_pieces) pieces_.shrink_to_fit();
  } else if (first_piece_ > pieces_.size() / 2) {
    pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_piece_));
    first_piece_ = 0;
  }
}

void WebSocket::queue_control(Opcode opcode, std::string_view payload) {
  auto frame = std::make_shared<std::string>();
  if (role_ == WebSocketRole::client) {
    append_masked_frame(*frame, opcode, payload, random_masking_key());
  } else {
    append_frame(*frame, opcode, payload);
  }
  const std::string_view bytes = *frame;
  queue(std::move(frame), bytes);
}

/// The peer has closed the WebSocket, or has violated the protocol and is told so.
void WebSocket::leave(CloseCode code, std::string_view close_frame_payload) {
  const bool told = std::exchange(state_, State::leaving) == State::closing;
  if (!told) queue_control(Opcode::close, close_frame_payload);
  loop_->deadlines().set(*this, std::chrono::steady_clock::now() + close_limit);
  if (auto* listener = std::exchange(listener_, nullptr)) listener->on_close(*this, code);
  write_queued();
}

/// The connection has ended.
void WebSocket::end(CloseCode code) {
  finish();
  if (auto* listener = std::exchange(listener_, nullptr)) listener->on_close(*this, code);
}

void WebSocket::finish() {
  if (std::exchange(state_, State::finished) == State::finished) return;
  loop_->deadlines().clear(*this);
  error_code ignored;
  descriptor_.close(ignored);
  pieces_ = {};
  first_piece_ = 0;
  unsent_ = 0;
  if (--loop_->sockets_ == 0) loop_->drained_.set();
}

}  // namespace guildhall::net
