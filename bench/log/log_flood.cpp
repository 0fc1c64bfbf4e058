// 100,000 lines logged as fast as possible from four threads while another connection holds the database file for five
// seconds in the middle: is one lost, or out of order, and how long do reads and writes of requests take meanwhile?
#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>
#include <vector>

#include "database/database.hpp"
#include "database/models/log_repository.hpp"
#include "logger/console_sink.hpp"
#include "logger/log_feed.hpp"
#include "logger/log_queue.hpp"
#include "logger/log_writer.hpp"

namespace {

using namespace guildhall;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int threads = 4;
constexpr int lines_each = 25'000;
constexpr auto quiet_time = 3s;
constexpr auto held_time = 5s;

enum class Phase : std::uint8_t { quiet, flood, drain };
std::atomic<Phase> phase{Phase::quiet};
std::atomic<bool> held{false};
std::atomic<bool> done{false};

struct Latencies {
  std::array<std::vector<double>, 3> by_phase;  // milliseconds
  std::size_t failed = 0;

  void note(Phase in, Clock::time_point begun) {
    by_phase.at(static_cast<std::size_t>(in))
        .push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
  }

  void print(const char* what) {
    constexpr std::array<const char*, 3> names{"before", "flood and lock", "after the lock"};
    for (std::size_t i = 0; i < names.size(); ++i) {
      auto& all = by_phase.at(i);
      if (all.empty()) continue;
      std::ranges::sort(all);
      std::printf("%-6s %-15s %6zu  median %6.2f ms  99%% %6.2f ms  longest %6.2f ms\n", what, names.at(i), all.size(),
                  all[all.size() / 2], all[all.size() * 99 / 100], all.back());
    }
    if (failed > 0) std::printf("%-6s failed: %zu\n", what, failed);
  }
};

int select_one(soci::session& sql) {
  int count = 0;
  sql << "SELECT COUNT(*) FROM guilds WHERE id = 1", soci::into(count);
  return count;
}

void update_one(soci::session& sql, database::Changes&) { sql << "UPDATE guilds SET name = 'b' WHERE id = 1"; }

net::Task<> wait(std::chrono::milliseconds time) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

net::Task<> read_again_and_again(database::Database& database, Latencies& latencies) {
  while (!done) {
    const auto begun = Clock::now();
    const Phase in = phase;
    database::ReadJob<int> job = select_one;
    auto reading = database.read(std::move(job));
    try {
      co_await std::move(reading);
      latencies.note(in, begun);
    } catch (const database::Unavailable&) {
      ++latencies.failed;
    }
    auto pause = wait(1ms);
    co_await std::move(pause);
  }
}

/// Not while the file is held: whoever writes then waits for whoever holds it, logs or no logs.
net::Task<> write_again_and_again(database::Database& database, Latencies& latencies) {
  while (!done) {
    const auto begun = Clock::now();
    const Phase in = phase;
    if (!held) {
      database::WriteJob<void> job = update_one;
      auto writing = database.write(std::move(job));
      try {
        co_await std::move(writing);
        if (!held) latencies.note(in, begun);
      } catch (const database::Unavailable&) {
        if (!held) ++latencies.failed;
      }
    }
    auto pause = wait(2ms);
    co_await std::move(pause);
  }
}

/// Whether the table has every line, and those of each thread in their order.
bool complete(const std::string& file) {
  soci::session sql(soci::sqlite3, "db=" + file);
  std::array<int, threads> next{};
  std::string message;
  soci::statement statement =
      (sql.prepare << "SELECT message FROM logs WHERE source = 'flood' ORDER BY id", soci::into(message));
  statement.execute();
  while (statement.fetch()) {
    int thread = 0;
    int line = 0;
    if (std::sscanf(message.c_str(), "A line thread=%d line=%d", &thread, &line) != 2) return false;
    if (line != next.at(static_cast<std::size_t>(thread))++) return false;
  }
  return std::ranges::all_of(next, [](int count) { return count == lines_each; });
}

struct Flood {
  double seconds_to_log = 0;
  double seconds_to_drain = 0;
};

Flood flood(base::Logger& logger, const logger::LogQueue& queue, const std::string& file) {
  Flood figures;
  soci::session holder(soci::sqlite3, "db=" + file);
  holder << "PRAGMA busy_timeout = 5000";
  std::atomic<int> logged{0};
  const auto begun = Clock::now();
  phase = Phase::flood;
  std::vector<std::thread> floods;
  for (int t = 0; t < threads; ++t) {
    floods.emplace_back([&, t] {
      const base::Log log(logger, "flood");
      for (int i = 0; i < lines_each; ++i, ++logged) log.info("A line", {{"thread", t}, {"line", i}});
    });
  }
  while (logged < threads * lines_each / 4) std::this_thread::yield();
  held = true;
  holder << "BEGIN IMMEDIATE";
  const auto release = Clock::now() + held_time;
  for (auto& one : floods) one.join();
  figures.seconds_to_log = std::chrono::duration<double>(Clock::now() - begun).count();
  std::this_thread::sleep_until(release);
  holder << "COMMIT";
  phase = Phase::drain;
  held = false;
  const auto released = Clock::now();
  while (queue.stats().rows > 0) std::this_thread::sleep_for(1ms);
  figures.seconds_to_drain = std::chrono::duration<double>(Clock::now() - released).count();
  return figures;
}

int run(const std::filesystem::path& directory) {
  const base::SystemClock clock;
  base::Logger logger(clock, base::LogLevel::info);
  const auto queue = std::make_shared<logger::LogQueue>();
  logger.attach(logger::make_console_sink(config::LogFormat::json, ::open("/dev/null", O_WRONLY | O_CLOEXEC)));
  logger.attach(std::make_shared<logger::LogFeed>());
  logger.attach(queue);

  database::Options options;
  options.storage = (directory / "guildhall.db").string();
  const auto database = database::Database::open(options, clock, base::Log(logger, "db"));
  soci::session(soci::sqlite3, "db=" + options.storage)
      << "INSERT INTO guilds (id, name, created_at, updated_at) VALUES (1, 'a', '2026-01-01', '2026-01-01')";
  database::LogRepository repository(*database);
  std::optional<logger::LogWriter> writer;
  writer.emplace(queue, repository, logger, clock, logger::LogWriterOptions{});

  Latencies reads;
  Latencies writes;
  boost::asio::io_context loop{1};
  boost::asio::co_spawn(loop, read_again_and_again(*database, reads), boost::asio::detached);
  boost::asio::co_spawn(loop, write_again_and_again(*database, writes), boost::asio::detached);
  std::thread requests([&] { loop.run(); });

  std::this_thread::sleep_for(quiet_time);
  const Flood figures = flood(logger, *queue, options.storage);
  done = true;
  requests.join();
  writer.reset();
  database->close();

  std::printf("%d lines logged in %.2f s, the rest written %.2f s after the lock\n", threads * lines_each,
              figures.seconds_to_log, figures.seconds_to_drain);
  reads.print("read");
  writes.print("write");
  const bool good = complete(options.storage) && queue->stats().lost == 0;
  std::puts(good ? "every line is there, in order" : "LINES ARE LOST OR OUT OF ORDER");
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::puts("usage: log_flood <empty directory>");
    return EXIT_FAILURE;
  }
  return run(argv[1]);
}
