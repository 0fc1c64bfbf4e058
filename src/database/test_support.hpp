#pragma once

// What the tests of this folder share.

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "database/database.hpp"
#include "net/task.hpp"

namespace guildhall::database::testing {

/// A directory that goes with the test.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "guildhall-database-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A clock that stands until it is moved.
class StandingClock final : public base::Clock {
 public:
  [[nodiscard]] base::Timestamp now() const override { return base::Timestamp{std::chrono::milliseconds{now_}}; }
  void advance(std::chrono::milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_{1'769'862'896'789};  // 2026-01-31 12:34:56.789
};

/// Another process' connection to the same file.
class Stranger {
 public:
  explicit Stranger(const std::string& path) : sql_(soci::sqlite3, "db=\"" + path + "\"") {}
  void execute(const std::string& statement) { sql_ << statement; }

 private:
  soci::session sql_;
};

/// Runs `task` on an event loop of its own and returns what it returns.
template <class T>
T run(net::Task<T> task) {
  boost::asio::io_context loop{1};
  auto outcome = boost::asio::co_spawn(loop, std::move(task), boost::asio::use_future);
  loop.run();
  return outcome.get();
}

/// Asks again and again, each time after a moment, until the answer is yes; false after ten seconds of no.
template <class Question>
[[nodiscard]] bool eventually(Question question) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!question()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

/// Keeps what was logged.
class Lines final : public base::LogSink {
 public:
  void write(const base::LogRecord& record) override {
    const std::lock_guard lock(mutex_);
    lines_.push_back(record.message);
  }
  [[nodiscard]] std::vector<std::string> all() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

/// What a database needs beside it: a file or a server, a clock, a log.
class Surroundings {
 public:
  Surroundings() { logger_.attach(lines); }
  /// On a server of MariaDB.
  explicit Surroundings(std::optional<Server> server) : Surroundings() { server_ = std::move(server); }

  [[nodiscard]] Options options() const {
    Options options;
    options.storage = directory.file("guildhall.db");
    if (server_) {
      options.dialect = config::Dialect::mariadb;
      options.server = *server_;
    }
    return options;
  }
  [[nodiscard]] std::unique_ptr<Database> open(Options with) {
    return Database::open(std::move(with), clock, base::Log(logger_, "db"));
  }
  /// Another call is as another process on the same database.
  [[nodiscard]] std::unique_ptr<Database> open() { return open(options()); }

  TemporaryDirectory directory;
  StandingClock clock;
  std::shared_ptr<Lines> lines = std::make_shared<Lines>();

 private:
  std::optional<Server> server_;
  base::Logger logger_{clock, base::LogLevel::debug};
};

/// A door that jobs wait at until it is opened.
class Door {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void wait_for_arrival() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return arrived_ > 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int arrived_ = 0;
};

}  // namespace guildhall::database::testing
