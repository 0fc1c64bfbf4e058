#include "net/request_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace guildhall::net {
namespace {

using State = RequestReader::State;

void feed(RequestReader& reader, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto space = reader.prepare();
    const auto part = bytes.substr(0, space.size());
    part.copy(space.data(), part.size());
    reader.commit(part.size());
    bytes.remove_prefix(part.size());
  }
}

/// What a fresh reader makes of `bytes`.
RequestReader::Failure failure_of(std::string_view bytes) {
  RequestReader reader(16 * 1024, 1024);
  feed(reader, bytes);
  EXPECT_EQ(reader.advance(), State::failed) << bytes;
  return reader.failure();
}

TEST(RequestReader, ReadsARequestSplitAtEveryByte) {
  const std::string_view text =
      "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    RequestReader reader(1024, 1024);
    feed(reader, text.substr(0, cut));
    ASSERT_NE(reader.advance(), State::done) << cut;
    feed(reader, text.substr(cut));
    ASSERT_EQ(reader.advance(), State::done) << cut;

    const Request request = reader.take();
    EXPECT_EQ(request.method, Method::post);
    EXPECT_EQ(request.path(), "/a");
    EXPECT_EQ(request.query(), "b=c");
    EXPECT_EQ(request.headers.find("content-TYPE"), "text/plain");
    EXPECT_EQ(request.body, "hello");
    EXPECT_TRUE(reader.keep_alive());
    EXPECT_EQ(reader.advance(), State::idle);
  }
}

TEST(RequestReader, SkipsEmptyLinesBeforeARequest) {
  const std::string_view text = "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n";
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    RequestReader reader(1024, 1024);
    feed(reader, text.substr(0, cut));
    ASSERT_NE(reader.advance(), State::failed) << cut;
    feed(reader, text.substr(cut));
    EXPECT_EQ(reader.advance(), State::done) << cut;
  }
}

TEST(RequestReader, ReadsPipelinedRequestsOneByOne) {
  RequestReader reader(1024, 1024);
  feed(reader, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nokGET /3");

  ASSERT_EQ(reader.advance(), State::done);
  EXPECT_EQ(reader.take().target, "/1");
  ASSERT_EQ(reader.advance(), State::done);
  const Request second = reader.take();
  EXPECT_EQ(second.target, "/2");
  EXPECT_EQ(second.body, "ok");
  EXPECT_EQ(reader.advance(), State::need_head);
}

TEST(RequestReader, ReadsChunkedBodiesAndDropsTrailers) {
  RequestReader reader(1024, 1024);
  feed(reader,
       "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
       "3\r\nabc\r\n2;note=x\r\nde\r\n0\r\nAuthorization: Bearer smuggled\r\n\r\n");
  ASSERT_EQ(reader.advance(), State::done);
  const Request request = reader.take();
  EXPECT_EQ(request.body, "abcde");
  EXPECT_FALSE(request.headers.find("Authorization"));
}

TEST(RequestReader, RefusesAmbiguousRequests) {
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n").status,
            400U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n").status,
            400U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n").status, 501U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n").status, 501U);
  EXPECT_EQ(failure_of("POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n").status, 400U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n").status,
            400U);
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nHost : x\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("GET / HTTP/1.1\nHost: x\n\n").status, 505U);
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of(std::string_view("GET / HTTP/1.1\r\nHost: x\0y\r\n\r\n", 29)).status, 400U);
  EXPECT_EQ(failure_of("GET / HTTP/2.0\r\nHost: x\r\n\r\n").status, 505U);
  EXPECT_EQ(failure_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status, 505U);
}

TEST(RequestReader, RefusesTargetsThatAreNotPathsOrUrls) {
  EXPECT_EQ(failure_of("GET /a\x80 HTTP/1.1\r\nHost: x\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("GET a HTTP/1.1\r\nHost: x\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("GET * HTTP/1.1\r\nHost: x\r\n\r\n").status, 400U);
  EXPECT_EQ(failure_of("CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n").status, 400U);
}

TEST(RequestReader, TakesThePathOfAnAbsoluteForm) {
  RequestReader reader(1024, 1024);
  feed(reader, "GET http://elsewhere:80/a?b HTTP/1.1\r\nHost: x\r\n\r\nGET HTTP://x HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_EQ(reader.advance(), State::done);
  EXPECT_EQ(reader.take().target, "/a?b");
  ASSERT_EQ(reader.advance(), State::done);
  EXPECT_EQ(reader.take().target, "/");
}

TEST(RequestReader, EnforcesItsLimits) {
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(20'000, 'a')).status, 431U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1025\r\n\r\n").status, 413U);
  EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n401\r\n" +
                       std::string(1025, 'a') + "\r\n0\r\n\r\n")
                .status,
            413U);
  const std::string chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(failure_of(chunked + "1;" + std::string(17'000, 'a')).status, 431U);
  EXPECT_EQ(failure_of(chunked + "0\r\nA: " + std::string(17'000, 'a')).status, 431U);
}

TEST(RequestReader, ReportsExpectContinue) {
  RequestReader reader(1024, 1024);
  feed(reader, "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  ASSERT_EQ(reader.advance(), State::need_body);
  EXPECT_TRUE(reader.take_expect_continue());
  EXPECT_FALSE(reader.take_expect_continue());
  feed(reader, "ok");
  EXPECT_EQ(reader.advance(), State::done);
  EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\n\r\n").status, 417U);
}

TEST(RequestReader, LimitsTheNumberOfFields) {
  std::string head = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 99; ++i) head += "a:\r\n";
  RequestReader reader(16 * 1024, 1024);
  feed(reader, head + "\r\n");
  EXPECT_EQ(reader.advance(), State::done);
  EXPECT_EQ(failure_of(head + "a:\r\n\r\n").status, 431U);
}

TEST(RequestReader, TheLimitOfABodyMayDependOnItsHead) {
  for (const std::string_view body :
       {"Content-Length: 11\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"}) {
    RequestReader reader(1024, 1024);
    feed(reader, "POST / HTTP/1.1\r\nHost: x\r\n" + std::string(body));
    ASSERT_EQ(reader.advance(), State::need_body);
    EXPECT_EQ(reader.request().target, "/");
    EXPECT_TRUE(reader.keep_alive());
    reader.limit_body(10);
    feed(reader, body.starts_with("C") ? " world" : "6\r\n world\r\n");
    ASSERT_EQ(reader.advance(), State::failed) << body;
    EXPECT_EQ(reader.failure().status, 413U);
  }
}

TEST(RequestReader, ReportsKeepAlive) {
  RequestReader reader(1024, 1024);
  feed(reader, "\r\n\r\nGET / HTTP/1.0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  ASSERT_EQ(reader.advance(), State::done);
  static_cast<void>(reader.take());
  EXPECT_FALSE(reader.keep_alive());
  EXPECT_TRUE(reader.http_1_0());
  ASSERT_EQ(reader.advance(), State::done);
  static_cast<void>(reader.take());
  EXPECT_FALSE(reader.keep_alive());
  EXPECT_FALSE(reader.http_1_0());
}

}  // namespace
}  // namespace guildhall::net
