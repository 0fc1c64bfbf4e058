#include "server/socket/log_stream.hpp"

#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>
#include <deque>
#include <mutex>
#include <utility>

#include "api/log.hpp"
#include "logger/log_feed.hpp"
#include "server/socket/rooms.hpp"
#include "socketio/namespace.hpp"

namespace guildhall::server {
namespace {

using Entry = logger::LogFeed::Entry;

/// Entries that wait to be sent while `home` is busy. Beyond that the oldest are dropped.
constexpr std::size_t max_waiting = 10'000;

socketio::Arguments payload(const database::Log& entry) { return {boost::json::parse(api::encode(entry))}; }

}  // namespace

class LogStream::State : public std::enable_shared_from_this<State> {
 public:
  State(net::Executor home, socketio::Namespace& nsp) : home_(std::move(home)), nsp_(nsp) {}

  /// Called on the thread that logs, so everything else is left to `home`.
  void take(const Entry& entry) {
    const std::lock_guard lock(waiting_mutex_);
    if (ended_) return;
    if (waiting_.size() == max_waiting) waiting_.pop_front();
    waiting_.push_back(entry);
    if (std::exchange(posted_, true)) return;
    boost::asio::post(home_, [self = shared_from_this()] { self->send_waiting(); });
  }

  void admit(socketio::Socket& socket, const logger::LogFeed& feed) {
    // Holds back the sending: waiting entries are sent to the room later, the others have been sent.
    const std::lock_guard lock(sending_mutex_);
    if (socket.in(admin_room)) return;
    const auto newest = feed.recent();
    const auto first_waiting = oldest_waiting();
    socket.join(admin_room);
    for (const auto& entry : newest) {
      if (first_waiting && entry->id >= *first_waiting) break;
      socket.emit("log", payload(*entry));
    }
  }

  void end() {
    const std::lock_guard sending(sending_mutex_);
    const std::lock_guard lock(waiting_mutex_);
    ended_ = true;
    waiting_.clear();
  }

 private:
  void send_waiting() {
    const std::lock_guard sending(sending_mutex_);
    std::deque<Entry> entries;
    {
      const std::lock_guard lock(waiting_mutex_);
      posted_ = false;
      entries.swap(waiting_);
    }
    if (nsp_.size() == 0) return;
    for (const auto& entry : entries) nsp_.to(admin_room).emit("log", payload(*entry));
  }

  std::optional<database::LogId> oldest_waiting() {
    const std::lock_guard lock(waiting_mutex_);
    return waiting_.empty() ? std::nullopt : std::optional(waiting_.front()->id);
  }

  const net::Executor home_;
  socketio::Namespace& nsp_;
  std::mutex sending_mutex_;  // held while entries are sent to the room; locked before the other one
  std::mutex waiting_mutex_;
  std::deque<Entry> waiting_;
  bool posted_ = false;
  bool ended_ = false;
};

LogStream::LogStream(net::Executor home, socketio::Namespace& nsp, logger::LogFeed& feed)
    : feed_(feed), state_(std::make_shared<State>(std::move(home), nsp)) {
  feed_.subscribe([state = state_](const Entry& entry) { state->take(entry); });
}

LogStream::~LogStream() {
  feed_.subscribe({});
  state_->end();
}

void LogStream::admit(socketio::Socket& socket) { state_->admit(socket, feed_); }

}  // namespace guildhall::server
