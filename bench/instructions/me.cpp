#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "bench/instructions/counting.hpp"
#include "bench/instructions/hall.hpp"
#include "bench/instructions/paths.hpp"
#include "net/request_reader.hpp"
#include "net/response_writer.hpp"

namespace guildhall::bench {
namespace {

void feed(net::RequestReader& reader, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto space = reader.prepare();
    const auto part = bytes.substr(0, space.size());
    std::copy(part.begin(), part.end(), space.begin());
    reader.commit(part.size());
    bytes.remove_prefix(part.size());
  }
}

/// The work of a connection without its socket.
class Connection {
 public:
  explicit Connection(Hall& hall) : hall_(hall) {}

  net::Task<std::string> exchange(std::string_view request_bytes) {
    feed(reader_, request_bytes);
    demand(reader_.advance() == net::RequestReader::State::done, "the request is not whole");
    net::Request request = reader_.take();
    request.received = std::chrono::steady_clock::now();
    request.client = client_;
    request.id = "1a2b3c4d-" + std::to_string(next_request_++);
    auto answering = hall_.server.answer(request);
    const net::Response response = co_await std::move(answering);
    std::string bytes = net::serialize_head(response, common_headers_, date_, request.id, net::Framing{});
    bytes.append(response.payload());
    co_return bytes;
  }

 private:
  Hall& hall_;
  net::RequestReader reader_{16 * 1024, 1024 * 1024};
  const boost::asio::ip::address client_ = boost::asio::ip::make_address("192.0.2.7");
  const net::Headers common_headers_ = server::security_headers("http://127.0.0.1:8080");
  const std::string date_ = "Sat, 31 Jan 2026 12:34:56 GMT";
  std::uint64_t next_request_ = 100'000;
};

net::Task<> measure(Hall& hall, unsigned warm_up, unsigned operations) {
  auto logging_in = hall.log_in();
  const std::string token = co_await std::move(logging_in);
  const std::string request =
      "GET /api/users/me HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\nAccept-Language: en\r\n"
      "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\nAuthorization: Bearer " +
      token + "\r\n\r\n";
  Connection connection(hall);
  for (unsigned i = 0; i < warm_up; ++i) {
    auto exchanging = connection.exchange(request);
    const std::string answer = co_await std::move(exchanging);
    demand(answer.starts_with("HTTP/1.1 200 ") && answer.find(R"("username":"ada")") != std::string::npos, "no answer");
  }
  for (unsigned i = 0; i < operations; ++i) {
    const Counting counting;
    auto exchanging = connection.exchange(request);
    const std::string answer = co_await std::move(exchanging);
  }
}

}  // namespace

void answer_me(unsigned warm_up, unsigned operations) {
  Hall hall;
  hall.run(measure(hall, warm_up, operations));
}

}  // namespace guildhall::bench
