#include "net/request_reader.hpp"

#include <algorithm>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <optional>
#include <utility>

namespace guildhall::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

using boost::system::error_code;
using Failure = RequestReader::Failure;

constexpr std::size_t request_read_size = 8 * 1024;
/// Browsers send some 20 fields. Each takes more memory here than on the wire.
constexpr std::size_t max_fields = 100;

Failure to_failure(boost::system::error_code error) {
  if (error == http::error::header_limit) return {431, "The request line and header fields are too large."};
  if (error == http::error::body_limit) return {413, "The body is too large."};
  if (error == http::error::bad_version) return {505, "Only HTTP/1.1 and HTTP/1.0 are supported."};
  if (error == http::error::bad_transfer_encoding || error == http::error::bad_content_length) {
    return {400, "The body length is ambiguous or malformed."};
  }
  return {400, "Malformed HTTP request."};
}

/// Beast's parser, writing directly into a Request: with Beast's own message each field would be stored twice.
class Parser final : public http::basic_parser<true> {
 public:
  Parser(std::size_t head_limit, std::size_t body_limit) {
    header_limit(static_cast<std::uint32_t>(head_limit));
    this->body_limit(body_limit);
    request.headers.reserve(8);
  }

  Request request;                                      ///< Its target as sent.
  unsigned version = 11;                                ///< 11 is HTTP/1.1.
  bool head_complete = false;                           ///< Only the body can change after that.
  std::size_t max_body = static_cast<std::size_t>(-1);  ///< Beside Beast's own limit; may be set after the head.

 private:
  using Text = beast::string_view;

  void on_request_impl(http::verb, Text method, Text target, int spoken, error_code&) override {
    request.method = net::parse_method(method);
    request.target = target;
    version = static_cast<unsigned>(spoken);
  }
  void on_response_impl(int, Text, int, error_code&) override {}
  void on_field_impl(http::field, Text name, Text value, error_code& error) override {
    // Trailer fields are dropped.
    if (head_complete) return;
    if (request.headers.size() == max_fields) {
      error = http::error::header_limit;
    } else {
      request.headers.add(name, value);
    }
  }
  void on_header_impl(error_code&) override { head_complete = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length && *length <= reserved_body) request.body.reserve(*length);
  }
  std::size_t on_body_impl(Text part, error_code& error) override { return append(part, error); }
  void on_chunk_header_impl(std::uint64_t, Text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text part, error_code& error) override { return append(part, error); }
  void on_finish_impl(error_code&) override {}

  std::size_t append(Text part, error_code& error) {
    if (part.size() > max_body - std::min(max_body, request.body.size())) {
      error = http::error::body_limit;
      return 0;
    }
    request.body.append(part);
    return part.size();
  }

  /// Longer bodies allocate memory as their bytes arrive.
  static constexpr std::size_t reserved_body = 16 * 1024;
};

/// Two parsers that disagree on a body's length allow request smuggling (RFC 9112 section 11.2).
std::optional<Failure> check_framing(const Headers& headers, unsigned version) {
  const auto lengths = headers.count("Content-Length");
  if (lengths > 1) return Failure{400, "Duplicate Content-Length."};
  // Beast accepts a list of equal lengths.
  const auto length = headers.find("Content-Length").value_or("");
  if (length.find_first_not_of("0123456789") != std::string_view::npos) {
    return Failure{400, "Invalid Content-Length."};
  }
  const auto encodings = headers.count("Transfer-Encoding");
  if (encodings == 0) return std::nullopt;
  if (encodings > 1 || lengths != 0 || version < 11) return Failure{400, "The body length is ambiguous."};
  if (!equal_ignoring_case(*headers.find("Transfer-Encoding"), "chunked")) {
    return Failure{501, "Unsupported Transfer-Encoding."};
  }
  return std::nullopt;
}

std::optional<Failure> check_host(const Headers& headers, unsigned version) {
  const auto hosts = headers.count("Host");
  if (hosts > 1 || (hosts == 0 && version >= 11)) return Failure{400, "A request needs exactly one Host field."};
  const auto host = headers.find("Host").value_or("");
  if (host.find_first_of(" \t/\\@?#,") != std::string_view::npos) return Failure{400, "Malformed Host field."};
  return std::nullopt;
}

/// Whether a field continues on the next line: Beast would join the lines, others read a separate field (RFC 9112
/// section 5.2). `text` begins with the head or its first part.
bool has_folded_line(std::string_view text) {
  const auto head = text.substr(0, text.find("\r\n\r\n"));
  return head.find("\r\n ") != std::string_view::npos || head.find("\r\n\t") != std::string_view::npos;
}

/// The target in origin form (RFC 9112 section 3.2); nothing if it is malformed.
std::optional<std::string> origin_form(std::string_view target, Method method) {
  const auto is_visible_ascii = [](char c) { return c > 0x20 && c < 0x7F; };
  if (!std::all_of(target.begin(), target.end(), is_visible_ascii)) return std::nullopt;
  if (target.find('#') != std::string_view::npos) return std::nullopt;
  if (target.starts_with('/')) return std::string(target);
  if (target == "*" && method == Method::options) return "*";
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() <= scheme.size() || !equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    const auto rest = target.substr(scheme.size());
    const auto end = std::min(rest.find_first_of("/?"), rest.size());
    if (end == 0) return std::nullopt;
    const auto path = rest.substr(end);
    return path.starts_with('/') ? std::string(path) : "/" + std::string(path);
  }
  return std::nullopt;
}

}  // namespace

struct RequestReader::Impl {
  Impl(std::size_t head, std::size_t body)
      : head_limit(head), body_limit(body), buffer(head + body + request_read_size) {
    start();
  }

  void start() {
    parser.emplace(head_limit, body_limit);
    head_seen = false;
    expects_continue = false;
  }

  /// Checks a head that has just become complete.
  std::optional<Failure> accept_head() {
    head_seen = true;
    last_keep_alive = parser->keep_alive();
    last_http_1_0 = parser->version < 11;
    Request& request = parser->request;
    if (auto wrong = check_framing(request.headers, parser->version)) return wrong;
    if (auto wrong = check_host(request.headers, parser->version)) return wrong;
    auto target = origin_form(request.target, request.method);
    if (!target) return Failure{400, "Malformed request target."};
    request.target = std::move(*target);

    if (const auto expect = request.headers.find("Expect")) {
      if (!equal_ignoring_case(*expect, "100-continue")) return Failure{417, "Unsupported Expect value."};
      expects_continue = parser->version >= 11;
    }
    return std::nullopt;
  }

  std::size_t head_limit;
  std::size_t body_limit;
  beast::flat_buffer buffer;
  std::optional<Parser> parser;
  Failure failure;
  bool head_seen = false;
  bool expects_continue = false;
  bool last_keep_alive = false;
  bool last_http_1_0 = false;
};

RequestReader::RequestReader(std::size_t head_limit, std::size_t body_limit)
    : impl_(std::make_unique<Impl>(head_limit, body_limit)) {}

RequestReader::~RequestReader() = default;

std::span<char> RequestReader::prepare() {
  const auto space = impl_->buffer.prepare(request_read_size);
  return {static_cast<char*>(space.data()), space.size()};
}

void RequestReader::commit(std::size_t bytes) { impl_->buffer.commit(bytes); }

RequestReader::State RequestReader::advance() {
  auto& buffer = impl_->buffer;
  auto& parser = *impl_->parser;
  const auto text = [&buffer] {
    return std::string_view(static_cast<const char*>(buffer.data().data()), buffer.size());
  };

  // Empty lines before a request line are ignored (RFC 9112 section 2.2).
  while (!parser.got_some() && text().starts_with("\r\n")) buffer.consume(2);
  if (!parser.got_some() && text() == "\r") return State::need_head;  // It may be half of an empty line.

  if (!impl_->head_seen && has_folded_line(text())) {
    impl_->failure = {400, "Folded header fields are not supported."};
    return State::failed;
  }

  while (!parser.is_done()) {
    if (buffer.size() == 0) break;
    boost::system::error_code error;
    const std::size_t used = parser.put(buffer.data(), error);
    buffer.consume(used);
    if (error && error != http::error::need_more) {
      impl_->failure = to_failure(error);
      return State::failed;
    }
    if (parser.is_header_done() && !impl_->head_seen) {
      if (const auto failure = impl_->accept_head()) {
        impl_->failure = *failure;
        return State::failed;
      }
    }
    if (error == http::error::need_more || used == 0) break;
  }
  if (parser.is_done()) return State::done;
  // Only chunk extensions and trailers stay in the buffer; the parser has no limit for these.
  if (impl_->head_seen && buffer.size() > impl_->head_limit) {
    impl_->failure = {431, "The chunk extensions or trailers are too large."};
    return State::failed;
  }
  if (parser.is_header_done()) return State::need_body;
  return parser.got_some() || buffer.size() > 0 ? State::need_head : State::idle;
}

bool RequestReader::take_expect_continue() { return std::exchange(impl_->expects_continue, false); }

Request& RequestReader::request() { return impl_->parser->request; }

void RequestReader::limit_body(std::size_t bytes) { impl_->parser->max_body = bytes; }

std::size_t RequestReader::body_memory() const { return impl_->parser->request.body.capacity(); }

void RequestReader::release_memory() {
  if (impl_->buffer.size() == 0) impl_->buffer.shrink_to_fit();
}

RequestReader::Failure RequestReader::failure() const { return impl_->failure; }

Request RequestReader::take() {
  Request request = std::move(impl_->parser->request);
  impl_->start();
  return request;
}

std::string RequestReader::take_rest() {
  const auto rest = impl_->buffer.data();
  return {static_cast<const char*>(rest.data()), rest.size()};
}

bool RequestReader::keep_alive() const { return impl_->last_keep_alive; }

bool RequestReader::http_1_0() const { return impl_->last_http_1_0; }

}  // namespace guildhall::net
