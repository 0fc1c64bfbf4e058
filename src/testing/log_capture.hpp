#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"

namespace guildhall::test {

/// A log sink that keeps every record. Any thread may use it.
class LogCapture final : public base::LogSink {
 public:
  void write(const base::LogRecord& record) override {
    const std::lock_guard lock(mutex_);
    records_.push_back(record);
    arrived_.notify_all();
  }

  [[nodiscard]] std::vector<base::LogRecord> records() const {
    const std::lock_guard lock(mutex_);
    return records_;
  }
  /// Waits for at least `count` records, 20 seconds at most.
  [[nodiscard]] std::vector<base::LogRecord> wait_for(std::size_t count) const {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(20), [&] { return records_.size() >= count; });
    return records_;
  }
  [[nodiscard]] std::vector<std::string> messages() const {
    std::vector<std::string> messages;
    for (const auto& record : records()) messages.push_back(record.message);
    return messages;
  }
  /// `source: message key=value ...` of each record.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const auto& record : records()) lines.push_back(record.source + ": " + message_and_fields(record));
    return lines;
  }
  /// `level: message key=value ...` of each record, each with a newline.
  [[nodiscard]] std::string text() const {
    std::string text;
    for (const auto& record : records()) {
      text += std::string(to_string(record.level)) + ": " + message_and_fields(record) + "\n";
    }
    return text;
  }
  /// Whether `part` is in one of the lines.
  [[nodiscard]] bool has(std::string_view part) const {
    for (const auto& line : lines()) {
      if (line.find(part) != std::string::npos) return true;
    }
    return false;
  }

 private:
  static std::string message_and_fields(const base::LogRecord& record) {
    std::string text = record.message;
    for (const auto& field : record.fields) text += " " + field.key + "=" + field.value;
    return text;
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable arrived_;
  std::vector<base::LogRecord> records_;
};

}  // namespace guildhall::test
