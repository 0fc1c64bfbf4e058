#include "net/websocket_handshake.hpp"

#include <gtest/gtest.h>

namespace guildhall::net {
namespace {

Request request() {
  Request made;
  made.target = "/chat";
  made.headers = {{"Host", "example"},
                  {"Upgrade", "websocket"},
                  {"Connection", "keep-alive, Upgrade"},
                  {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                  {"Sec-WebSocket-Version", "13"}};
  return made;
}

unsigned status_with(std::string_view name, std::string_view value) {
  Request changed = request();
  changed.headers.set(name, value);
  return answer_websocket(changed, DeflateOffer::no).response.status;
}

TEST(WebSocketHandshake, RespondsWithTheDigestOfTheKey) {
  const auto [response, deflate] = answer_websocket(request(), DeflateOffer::yes);
  EXPECT_EQ(response.status, 101U);
  EXPECT_EQ(response.headers.find("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");  // RFC 6455 section 1.3
  EXPECT_EQ(response.headers.find("Connection"), "Upgrade");
  EXPECT_EQ(response.headers.find("Upgrade"), "websocket");
  EXPECT_FALSE(deflate);
}

TEST(WebSocketHandshake, NegotiatesDeflate) {
  Request offering = request();
  offering.headers.add("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
  EXPECT_TRUE(answer_websocket(offering, DeflateOffer::yes).deflate);
  const auto refused = answer_websocket(offering, DeflateOffer::no);
  EXPECT_FALSE(refused.deflate);
  EXPECT_FALSE(refused.response.headers.find("Sec-WebSocket-Extensions"));
}

TEST(WebSocketHandshake, RefusesInvalidRequests) {
  EXPECT_EQ(status_with("Upgrade", "h2c"), 400U);
  EXPECT_EQ(status_with("Connection", "keep-alive"), 400U);
  EXPECT_EQ(status_with("Sec-WebSocket-Key", "short"), 400U);
  EXPECT_EQ(status_with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZR=="), 400U);  // not how those bytes are written
  EXPECT_EQ(status_with("Sec-WebSocket-Key", ""), 400U);
  Request post = request();
  post.method = Method::post;
  EXPECT_EQ(answer_websocket(post, DeflateOffer::no).response.status, 400U);
}

TEST(WebSocketHandshake, NamesTheSupportedVersion) {
  Request old = request();
  old.headers.set("Sec-WebSocket-Version", "8");
  const auto answer = answer_websocket(old, DeflateOffer::no);
  EXPECT_EQ(answer.response.status, 426U);
  EXPECT_EQ(answer.response.headers.find("Sec-WebSocket-Version"), "13");
}

TEST(WebSocketHandshake, IsRequestedByTheUpgradeField) {
  Request plain = request();
  EXPECT_TRUE(asks_for_websocket(plain));
  plain.headers.set("Upgrade", "h2c, WebSocket");
  EXPECT_TRUE(asks_for_websocket(plain));
  plain.headers.remove("Upgrade");
  EXPECT_FALSE(asks_for_websocket(plain));
}

TEST(WebSocketHandshake, ClientsCheckTheResponse) {
  const std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
  Request asked;
  asked.headers = websocket_request_headers(key);
  Response answer = answer_websocket(asked, DeflateOffer::yes).response;
  EXPECT_TRUE(check_websocket_answer(answer.status, answer.headers, key));
  EXPECT_EQ(check_websocket_answer(answer.status, answer.headers, "another").error().code, base::Errc::bad_upstream);
  EXPECT_EQ(check_websocket_answer(200, answer.headers, key).error().code, base::Errc::refused);
  EXPECT_EQ(check_websocket_answer(429, answer.headers, key).error().code, base::Errc::unavailable);
  answer.headers.set("Connection", "keep-alive");
  EXPECT_EQ(check_websocket_answer(101, answer.headers, key).error().code, base::Errc::bad_upstream);
}

}  // namespace
}  // namespace guildhall::net
