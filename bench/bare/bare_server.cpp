// bare_server FILE: what an HTTP server on Boost.Beast costs that does nothing else. It answers every request with the
// file's text as JSON, on one thread, and says `ready http://127.0.0.1:PORT`.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/src.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;
using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;
using Response = http::response<http::string_body>;

/// One client: reads a request, writes the answer, until the client closes.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, const Response& answer) : socket_(std::move(socket)), answer_(answer) {}

  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_, [self = shared_from_this()](boost::system::error_code error, size_t) {
      if (!error) self->write();
    });
  }

 private:
  void write() {
    http::async_write(socket_, answer_, [self = shared_from_this()](boost::system::error_code error, size_t) {
      if (!error) self->read();
    });
  }

  Socket socket_;
  const Response& answer_;
  beast::flat_buffer buffer_;
  http::request<http::empty_body> request_;
};

void accept(Acceptor& acceptor, const Response& answer) {
  acceptor.async_accept([&acceptor, &answer](boost::system::error_code error, Socket socket) {
    if (!error) {
      boost::system::error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      std::make_shared<Connection>(std::move(socket), answer)->read();
    }
    accept(acceptor, answer);
  });
}

Response answer_with(const char* path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(std::string("Cannot read ") + path);
  Response answer{http::status::ok, 11, std::string(std::istreambuf_iterator<char>(file), {})};
  answer.set(http::field::content_type, "application/json");
  answer.prepare_payload();
  return answer;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) throw std::runtime_error("bare_server FILE");
  const auto answer = answer_with(argv[1]);
  asio::io_context loop(1);
  Acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
  accept(acceptor, answer);
  std::cout << "ready http://127.0.0.1:" << acceptor.local_endpoint().port() << std::endl;
  loop.run();
  return EXIT_SUCCESS;
} catch (const std::exception& problem) {
  std::cerr << problem.what() << '\n';
  return EXIT_FAILURE;
}
