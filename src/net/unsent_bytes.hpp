#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

#include "net/http.hpp"

namespace guildhall::net {

/// Counts the bytes of response bodies that wait for clients to read them, over all connections of a server, and bounds
/// them. A buffer that several responses share counts once, one that is part of the program not at all. Any thread may
/// call.
class UnsentBytes {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// While responses are refused, and for `crowded_for` after that, whoever has read too slowly for `patience` has to
  /// make room.
  static constexpr std::chrono::seconds crowded_for{2};
  static constexpr std::chrono::seconds patience{2};

  explicit UnsentBytes(std::size_t max) : max_(max) {}

  /// The place of one response; ends when it is destroyed.
  class Holder {
   public:
    Holder() = default;
    Holder(UnsentBytes& bytes, const void* shared, std::size_t size) : bytes_(&bytes), shared_(shared), size_(size) {}
    Holder(Holder&& other) noexcept
        : bytes_(std::exchange(other.bytes_, nullptr)), shared_(other.shared_), size_(other.size_) {}
    Holder& operator=(Holder&& other) noexcept {
      std::swap(bytes_, other.bytes_);
      std::swap(shared_, other.shared_);
      std::swap(size_, other.size_);
      return *this;
    }
    ~Holder() {
      if (bytes_ != nullptr) bytes_->leave(shared_, size_);
    }

   private:
    UnsentBytes* bytes_ = nullptr;
    const void* shared_ = nullptr;
    std::size_t size_ = 0;
  };

  /// Nothing if the body does not fit.
  [[nodiscard]] std::optional<Holder> enter(const Response& response, Time now);

  /// Whether a response that has waited since `since` has to make room.
  [[nodiscard]] bool must_leave(Time since, Time now) const {
    return now.time_since_epoch().count() < crowded_until_.load(std::memory_order_relaxed) && now - since >= patience;
  }

  [[nodiscard]] std::size_t count() const;

 private:
  void leave(const void* shared, std::size_t size);

  const std::size_t max_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::unordered_map<const void*, std::size_t> shared_;  ///< How many responses have each shared buffer.
  std::atomic<std::chrono::steady_clock::rep> crowded_until_{0};
};

}  // namespace guildhall::net
