#pragma once

// A server of MariaDB for the tests of this folder.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "database/database.hpp"
#include "testing/temporary_directory.hpp"

namespace guildhall::database::test_support {

/// A port of the loopback that nobody else is given while this lives, whether somebody listens on it or not: neither to
/// listen on, nor as the source of a connection (which then might end up connected to itself).
class ReservedPort {
 public:
  ReservedPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int reuse = 1;  // for who listens on it, and sets the same
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const general = reinterpret_cast<sockaddr*>(&address);
    const bool bound = ::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse) == 0 &&
                       ::bind(socket_, general, size) == 0 && ::getsockname(socket_, general, &size) == 0;
    if (!bound) throw std::runtime_error("no free port");
    number_ = ntohs(address.sin_port);
  }
  ~ReservedPort() { ::close(socket_); }
  ReservedPort(const ReservedPort&) = delete;
  ReservedPort& operator=(const ReservedPort&) = delete;

  [[nodiscard]] std::uint16_t number() const { return number_; }

 private:
  int socket_;
  std::uint16_t number_ = 0;
};

/// A mariadbd of this test program's own, in a fresh folder, on a port of the loopback. It needs no system tables,
/// since it asks nobody who they are.
class MariadbServer {
 public:
  [[nodiscard]] static bool installed() { return ::access(program, X_OK) == 0; }

  /// The one that tests share, started when it is first asked for.
  [[nodiscard]] static MariadbServer& shared() {
    static MariadbServer server;
    return server;
  }

  MariadbServer() {
    for (const auto* part : {"data", "tmp"}) std::filesystem::create_directory(folder_.path() / part);
    start();
  }
  ~MariadbServer() { stop(); }
  MariadbServer(const MariadbServer&) = delete;
  MariadbServer& operator=(const MariadbServer&) = delete;

  /// An empty database.
  [[nodiscard]] Server create_database() {
    Server server;
    server.port = port_.number();
    server.user = "tester";
    server.name = "d" + std::to_string(++databases_);
    *connect("") << "CREATE DATABASE " + server.name;
    return server;
  }

  [[nodiscard]] std::unique_ptr<soci::session> connect(const std::string& database) const {
    auto where = "host=127.0.0.1 user=stranger port=" + std::to_string(port_.number());
    if (!database.empty()) where += " dbname=" + database;
    return std::make_unique<soci::session>(soci::mysql, where);
  }

  /// Ends all other connections, as KILL by hand does.
  void kill_connections() const {
    const auto sql = connect("");
    long long id = 0;
    std::vector<long long> ids;
    soci::statement statement =
        (sql->prepare << "SELECT id FROM information_schema.processlist WHERE user = 'tester'", soci::into(id));
    statement.execute();
    while (statement.fetch()) ids.push_back(id);
    for (const auto each : ids) *sql << "KILL " + std::to_string(each);
  }

  /// Waits until it answers.
  void start() {
    server_ = ::fork();
    if (server_ == 0) run();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!answers()) {
      if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("mariadbd does not answer");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  void stop() {
    if (server_ <= 0) return;
    ::kill(server_, SIGKILL);
    ::waitpid(server_, nullptr, 0);
    server_ = 0;
  }

 private:
  static constexpr const char* program = "/usr/sbin/mariadbd";

  [[noreturn]] void run() const {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2}) ::dup2(nowhere, stream);
    const std::array<std::string, 16> arguments{
        program, "--no-defaults", "--user=root", "--skip-grant-tables", "--datadir=" + folder_.file("data"),
        // A server that starts empties it.
        "--tmpdir=" + folder_.file("tmp"), "--socket=" + folder_.file("socket"), "--pid-file=" + folder_.file("pid"),
        "--bind-address=127.0.0.1", "--port=" + std::to_string(port_.number()), "--innodb-buffer-pool-size=16M",
        "--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0",
        "--performance-schema=OFF", "--skip-log-bin"};
    std::array<char*, 17> pointers{};
    for (std::size_t i = 0; i < arguments.size(); ++i) pointers[i] = const_cast<char*>(arguments[i].c_str());
    ::execv(program, pointers.data());
    ::_exit(127);
  }

  [[nodiscard]] bool answers() const {
    try {
      static_cast<void>(connect(""));
      return true;
    } catch (const soci::soci_error&) {
      return false;
    }
  }

  ReservedPort port_;
  test::TemporaryDirectory folder_;
  pid_t server_ = 0;
  int databases_ = 0;
};

/// The dialects that can be tested here: MariaDB where it is installed.
[[nodiscard]] inline std::vector<config::Dialect> dialects() {
  std::vector<config::Dialect> dialects{config::Dialect::sqlite};
  if (MariadbServer::installed()) dialects.push_back(config::Dialect::mariadb);
  return dialects;
}

/// The end of a test's name.
struct DialectName {
  template <class Info>
  std::string operator()(const Info& info) const {
    return std::string(config::to_string(info.param));
  }
};

/// An empty database of `dialect`, for TestDatabase.
[[nodiscard]] inline std::optional<Server> server_for(config::Dialect dialect) {
  if (dialect == config::Dialect::sqlite) return std::nullopt;
  return MariadbServer::shared().create_database();
}

}  // namespace guildhall::database::test_support
