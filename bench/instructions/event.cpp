#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "bench/instructions/counting.hpp"
#include "bench/instructions/discord_message.hpp"
#include "bench/instructions/hall.hpp"
#include "bench/instructions/paths.hpp"
#include "net/upgrade.hpp"
#include "net/websocket_frame.hpp"

namespace guildhall::bench {
namespace {

namespace asio = boost::asio;

constexpr std::size_t dashboards = 200;
constexpr std::uint64_t guild = 3'000'000'000'000'000'001;

/// The client's end of a dashboard connection.
class Dashboard {
 public:
  explicit Dashboard(int descriptor) : descriptor_(descriptor) {}
  ~Dashboard() { ::close(descriptor_); }
  Dashboard(const Dashboard&) = delete;
  Dashboard& operator=(const Dashboard&) = delete;

  void say(std::string_view text) const {
    std::string frame;
    net::append_masked_frame(frame, net::Opcode::text, text, {'k', 'e', 'y', '!'});
    demand(::send(descriptor_, frame.data(), frame.size(), 0) == static_cast<ssize_t>(frame.size()), "send");
  }

  /// The received bytes, as far as they fit.
  [[nodiscard]] std::string_view hear() {
    const auto bytes = ::recv(descriptor_, space_.data(), space_.size(), MSG_DONTWAIT);
    return {space_.data(), bytes > 0 ? static_cast<std::size_t>(bytes) : 0};
  }

 private:
  int descriptor_;
  std::array<char, 16 * 1024> space_{};
};

using Dashboards = std::vector<std::unique_ptr<Dashboard>>;

net::Task<std::unique_ptr<Dashboard>> connect(Hall& hall) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw std::system_error(errno, std::generic_category(), "socketpair");
  }
  auto dashboard = std::make_unique<Dashboard>(ends[1]);
  net::UpgradedConnection connection(ends[0]);
  net::Request request;
  request.target = "/socket.io/?EIO=4&transport=websocket";
  request.headers = {{"Host", "127.0.0.1:8080"},
                     {"Upgrade", "websocket"},
                     {"Connection", "Upgrade"},
                     {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                     {"Sec-WebSocket-Version", "13"}};
  auto answering = hall.server.answer(request);
  const net::Response response = co_await std::move(answering);
  demand(response.upgrade != nullptr, "no WebSocket");
  response.upgrade->take(std::move(connection));
  co_return dashboard;
}

net::Task<> tell(Hall& hall, const base::GatewayDispatch& event) {
  hall.events.dispatch.publish(event);
  // Queued frames are written at the end of this turn of the loop.
  co_await asio::post(hall.loops.home(), asio::use_awaitable);
}

/// The number of clients that received the event.
std::size_t count_told(const Dashboards& all) {
  return static_cast<std::size_t>(std::ranges::count_if(all, [](const auto& dashboard) {
    const auto heard = dashboard->hear();
    return heard.ends_with("}]") && heard.find(R"(42["event",{"name":"MESSAGE_CREATE")") != std::string_view::npos;
  }));
}

/// Each client is authenticated as an ADMIN.
net::Task<Dashboards> connect_all(Hall& hall, std::string_view token, const base::GatewayDispatch& event) {
  const std::string hello = "40{\"token\":\"" + std::string(token) + "\"}";
  Dashboards all;
  for (std::size_t i = 0; i < dashboards; ++i) {
    auto connecting = connect(hall);
    all.push_back(co_await std::move(connecting));
    all.back()->say(hello);
  }
  asio::steady_timer timer(hall.loops.home());
  do {
    // A pause, because under callgrind the database's thread would not get to run.
    timer.expires_after(std::chrono::milliseconds(20));
    co_await timer.async_wait(asio::use_awaitable);
    auto telling = tell(hall, event);
    co_await std::move(telling);
  } while (count_told(all) < dashboards);
  co_return all;
}

net::Task<> measure(Hall& hall, unsigned warm_up, unsigned operations) {
  auto logging_in = hall.log_in();
  const std::string token = co_await std::move(logging_in);
  const base::GatewayDispatch event{
      "MESSAGE_CREATE", 0, base::GuildId{guild},
      discord_message(1'441'910'872'345'678'901, guild, "Has anyone tried the new build? !deploy staging")};
  auto connecting = connect_all(hall, token, event);
  const Dashboards all = co_await std::move(connecting);
  for (unsigned i = 0; i < warm_up + operations; ++i) {
    if (i < warm_up) {
      auto telling = tell(hall, event);
      co_await std::move(telling);
    } else {
      const Counting counting;
      auto telling = tell(hall, event);
      co_await std::move(telling);
    }
    demand(count_told(all) == dashboards, "somebody has not heard of an event");
  }
}

}  // namespace

void broadcast_event(unsigned warm_up, unsigned operations) {
  Hall hall;
  hall.run(measure(hall, warm_up, operations));
}

}  // namespace guildhall::bench
