#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "socketio/engine/options.hpp"

namespace guildhall::socketio::engine {

class ServerSocket;

/// The sockets that nobody has admitted yet, by age, all together and for each client. Any thread may call.
class UnadmittedSockets {
 public:
  /// A socket's position; 0 is none.
  using Number = std::uint64_t;

  explicit UnadmittedSockets(const UnadmittedLimits& limits) : limits_(limits) {}

  struct Added {
    Number number;
    std::shared_ptr<ServerSocket> evicted;  ///< Must be closed to make room; nullptr if there was room.
  };
  /// `client` is a net::client_network().
  [[nodiscard]] Added add(std::weak_ptr<ServerSocket> socket, const boost::asio::ip::address& client);
  /// Does nothing if the socket has been removed.
  void remove(Number number);

 private:
  struct Entry {
    std::weak_ptr<ServerSocket> socket;
    boost::asio::ip::address client;
  };

  [[nodiscard]] Entry take(Number number);

  const UnadmittedLimits limits_;
  std::mutex mutex_;
  Number last_ = 0;
  std::map<Number, Entry> sockets_;  ///< Oldest first.
  std::map<boost::asio::ip::address, std::set<Number>> by_client_;
};

}  // namespace guildhall::socketio::engine
