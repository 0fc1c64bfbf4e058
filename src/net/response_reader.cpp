#include "net/response_reader.hpp"

#include <algorithm>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

namespace guildhall::net {
namespace {

namespace http = boost::beast::http;
using base::Errc;
using base::Error;

constexpr std::size_t response_read_size = 16 * 1024;
constexpr unsigned switching_protocols = 101;

bool is_interim(unsigned status) { return status < 200 && status != switching_protocols; }

Headers to_headers(const http::fields& fields) {
  Headers headers;
  for (const auto& field : fields) headers.add(field.name_string(), field.value());
  return headers;
}

}  // namespace

struct ResponseReader::Impl {
  Impl(Method asked, std::size_t head, std::size_t body)
      : method(asked), head_limit(head), body_limit(body), buffer(head + response_read_size) {
    start();
  }

  void start() {
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(head_limit));
    parser->body_limit(body_limit);
    if (method == Method::head) parser->skip(true);
  }

  base::Result<void> parse() {
    while (!parser->is_done() && buffer.size() > 0) {
      boost::system::error_code error;
      const auto used = parser->put(buffer.data(), error);
      buffer.consume(used);
      if (parser->is_header_done() && is_interim(parser->get().result_int())) {
        start();
        continue;
      }
      if (error == http::error::need_more) break;
      if (error) return Error{Errc::bad_upstream, "malformed HTTP (" + error.message() + ")"};
      if (used == 0) break;
    }
    return {};
  }

  const Method method;
  const std::size_t head_limit;
  const std::size_t body_limit;
  boost::beast::flat_buffer buffer;
  std::optional<http::response_parser<http::string_body>> parser;
};

ResponseReader::ResponseReader(Method method, std::size_t head_limit, std::size_t body_limit)
    : impl_(std::make_unique<Impl>(method, head_limit, body_limit)) {}

ResponseReader::~ResponseReader() = default;

std::span<char> ResponseReader::prepare() {
  const auto space =
      impl_->buffer.prepare(std::min(response_read_size, impl_->buffer.max_size() - impl_->buffer.size()));
  return {static_cast<char*>(space.data()), space.size()};
}

base::Result<void> ResponseReader::commit(std::size_t bytes) {
  impl_->buffer.commit(bytes);
  return impl_->parse();
}

base::Result<void> ResponseReader::finish() {
  boost::system::error_code error;
  if (impl_->parser->got_some()) impl_->parser->put_eof(error);
  if (!error && impl_->parser->is_done()) return {};
  return Error{Errc::unavailable, "the connection was closed"};
}

bool ResponseReader::done() const { return impl_->parser->is_done(); }

ClientResponse ResponseReader::take() {
  auto& message = impl_->parser->get();
  return {message.result_int(), to_headers(message.base()), std::move(message.body())};
}

bool ResponseReader::keep_alive() const {
  const auto& message = impl_->parser->get();
  return message.keep_alive() && message.result_int() != switching_protocols && impl_->buffer.size() == 0;
}

std::string ResponseReader::take_rest() {
  const auto rest = impl_->buffer.data();
  std::string text(static_cast<const char*>(rest.data()), rest.size());
  impl_->buffer.consume(rest.size());
  return text;
}

}  // namespace guildhall::net
