// log_flood <lines>: logs so many lines as fast as possible from four threads into the table logs of the database that
// DB_* name. Prints {lines, loggedSeconds, writtenSeconds}: the time from the first line until the last was logged, and
// until all were in the table. Fails if a line is lost or out of order.
#include <fcntl.h>
#include <soci/soci.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "config/config.hpp"
#include "config/option.hpp"
#include "database/database.hpp"
#include "database/models/log_repository.hpp"
#include "logger/console_sink.hpp"
#include "logger/log_feed.hpp"
#include "logger/log_queue.hpp"
#include "logger/log_writer.hpp"
#include "net/async/future.hpp"

namespace {

using namespace guildhall;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int threads = 4;

double seconds_since(Clock::time_point begun) { return std::chrono::duration<double>(Clock::now() - begun).count(); }

/// The number of lines of each thread; throws if they are out of order.
std::array<int, threads> count_lines(soci::session& sql) {
  std::array<int, threads> next{};
  std::string message;
  soci::statement statement =
      (sql.prepare << "SELECT message FROM logs WHERE source = 'flood' ORDER BY id", soci::into(message));
  statement.execute();
  while (statement.fetch()) {
    int thread = 0;
    int line = 0;
    if (std::sscanf(message.c_str(), "A line thread=%d line=%d", &thread, &line) != 2)
      throw std::runtime_error(message);
    if (line != next.at(static_cast<std::size_t>(thread))++) throw std::runtime_error("lines are out of order");
  }
  return next;
}

bool complete(database::Database& database, int lines_each) {
  boost::asio::io_context loop{1};
  database::ReadJob<std::array<int, threads>> job = count_lines;
  auto counted = net::start(loop.get_executor(), database.read(std::move(job)));
  loop.run();
  return std::ranges::all_of(counted.get(), [lines_each](int count) { return count == lines_each; });
}

void log_lines(base::Logger& logger, int lines_each) {
  std::vector<std::thread> floods;
  for (int t = 0; t < threads; ++t) {
    floods.emplace_back([&logger, lines_each, t] {
      const base::Log log(logger, "flood");
      for (int i = 0; i < lines_each; ++i) log.info("A line", {{"thread", t}, {"line", i}});
    });
  }
  for (auto& one : floods) one.join();
}

/// The database that DB_* in the environment name.
database::Options database_options() {
  config::Config config;
  config::for_each_option([&](const config::Option& option) {
    if (!option.name.starts_with("DB_")) return;
    const char* given = std::getenv(std::string(option.name).c_str());
    const std::string_view text = given == nullptr ? option.fallback : given;
    if (!text.empty() && !option.read(text, config)) throw std::runtime_error(std::string(option.name) + " is invalid");
  });
  const config::Db& db = config.db;
  database::Options options;
  options.dialect = db.dialect;
  options.storage = db.storage;
  options.server = {db.host, db.port, db.user, db.pass, db.name, db.tls_ca};
  return options;
}

void run(int lines_each) {
  const base::SystemClock clock;
  base::Logger logger(clock, base::LogLevel::info);
  const auto queue = std::make_shared<logger::LogQueue>();
  logger.attach(logger::make_console_sink(config::LogFormat::json, ::open("/dev/null", O_WRONLY | O_CLOEXEC)));
  logger.attach(std::make_shared<logger::LogFeed>());
  logger.attach(queue);
  const auto database = database::Database::open(database_options(), clock, base::Log(logger, "db"));
  database::LogRepository repository(*database);
  std::optional<logger::LogWriter> writer;
  writer.emplace(queue, repository, logger, clock, logger::LogWriterOptions{});

  const auto begun = Clock::now();
  log_lines(logger, lines_each);
  const double logged = seconds_since(begun);
  while (queue->stats().rows > 0) std::this_thread::sleep_for(1ms);
  writer.reset();  // It waits for its last batch.
  const double written = seconds_since(begun);
  if (queue->stats().lost > 0 || !complete(*database, lines_each)) throw std::runtime_error("lines are lost");
  database->close();
  std::printf("{\"lines\":%d,\"loggedSeconds\":%.4f,\"writtenSeconds\":%.4f}\n", threads * lines_each, logged, written);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 2) throw std::runtime_error("the number of lines is missing");
    run(std::stoi(argv[1]) / threads);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "log_flood: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
