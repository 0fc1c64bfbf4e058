#include "net/websocket_handshake.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "base/encoding.hpp"
#include "net/websocket_deflate.hpp"

namespace guildhall::net {
namespace {

using base::Errc;
using base::Error;

constexpr std::size_t key_bytes = 16;

bool lists(const Headers& headers, std::string_view name, std::string_view token) {
  const auto list = headers.find_list(name);
  return list && lists_token(*list, token);
}

bool is_key(std::string_view key) {
  const auto bytes = base::decode_base64(key);
  return bytes && bytes->size() == key_bytes && base::encode_base64(*bytes) == key;
}

}  // namespace

bool asks_for_websocket(const Request& request) { return lists(request.headers, "Upgrade", "websocket"); }

WebSocketAnswer answer_websocket(const Request& request, DeflateOffer deflate) {
  WebSocketAnswer answer;
  Response& response = answer.response;
  response.status = 400;
  const Headers& headers = request.headers;
  if (request.method != Method::get || !asks_for_websocket(request) || !lists(headers, "Connection", "Upgrade")) {
    return answer;
  }
  if (headers.count("Sec-WebSocket-Version") != 1 || headers.find("Sec-WebSocket-Version") != "13") {
    response.status = 426;
    response.headers.add("Sec-WebSocket-Version", "13");
    return answer;
  }
  const auto key = headers.find("Sec-WebSocket-Key");
  if (headers.count("Sec-WebSocket-Key") != 1 || !is_key(*key)) return answer;

  response.status = 101;
  response.headers.reserve(4);
  response.headers.add("Upgrade", "websocket");
  response.headers.add("Connection", "Upgrade");
  response.headers.add("Sec-WebSocket-Accept", websocket_accept(*key));
  const auto offers = headers.find_list("Sec-WebSocket-Extensions");
  if (deflate == DeflateOffer::no || !offers) return answer;
  if (const auto accepted = accept_deflate(*offers)) {
    response.headers.add("Sec-WebSocket-Extensions", *accepted);
    answer.deflate = true;
  }
  return answer;
}

Headers websocket_request_headers(std::string_view key) {
  return {{"Upgrade", "websocket"},
          {"Connection", "Upgrade"},
          {"Sec-WebSocket-Version", "13"},
          {"Sec-WebSocket-Key", std::string(key)}};
}

base::Result<void> check_websocket_answer(unsigned status, const Headers& headers, std::string_view key) {
  if (status != 101) {
    const bool for_now = status == 429 || status >= 500;
    return Error{for_now ? Errc::unavailable : Errc::refused,
                 "The WebSocket handshake failed with HTTP " + std::to_string(status) + "."};
  }
  const auto accept = headers.find("Sec-WebSocket-Accept");
  const auto upgrade = headers.find("Upgrade");
  if (headers.count("Upgrade") != 1 || !equal_ignoring_case(*upgrade, "websocket") ||
      !lists(headers, "Connection", "Upgrade") || headers.count("Sec-WebSocket-Accept") != 1 ||
      *accept != websocket_accept(key)) {
    return Error{Errc::bad_upstream, "Invalid WebSocket handshake response."};
  }
  // Neither was offered.
  if (headers.find("Sec-WebSocket-Extensions") || headers.find("Sec-WebSocket-Protocol")) {
    return Error{Errc::bad_upstream, "The server chose an extension or subprotocol that was not offered."};
  }
  return {};
}

std::string websocket_accept(std::string_view key) {
  const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (::EVP_Digest(text.data(), text.size(), digest.data(), &size, ::EVP_sha1(), nullptr) != 1) {
    throw std::runtime_error("SHA-1 is not available");
  }
  return base::encode_base64({reinterpret_cast<const char*>(digest.data()), size});
}

}  // namespace guildhall::net
