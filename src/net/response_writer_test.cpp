#include "net/response_writer.hpp"

#include <gtest/gtest.h>

namespace guildhall::net {
namespace {

TEST(ResponseWriter, WritesAHead) {
  const Response response{201, {{"Location", "/x"}}, "hello"};
  const Headers common{{"X-Frame-Options", "DENY"}, {"location", "/default"}};
  EXPECT_EQ(serialize_head(response, common, "now", "id-1", {}),
            "HTTP/1.1 201 Created\r\nDate: now\r\nLocation: /x\r\nX-Frame-Options: DENY\r\nX-Request-Id: id-1\r\n"
            "Content-Length: 5\r\n\r\n");
}

TEST(ResponseWriter, RemovesLineBreaksFromFields) {
  const Response response{302, {{"Location", "/x\r\nSet-Cookie: a=b"}}};
  const auto head = serialize_head(response, {}, "now", "", {});
  EXPECT_NE(head.find("Location: /x  Set-Cookie: a=b\r\n"), std::string::npos);
}

TEST(ResponseWriter, WritesTheConnectionField) {
  EXPECT_NE(serialize_head({}, {}, "now", "", {false, false, false}).find("Connection: close"), std::string::npos);
  EXPECT_NE(serialize_head({}, {}, "now", "", {true, true, false}).find("Connection: keep-alive"), std::string::npos);
  EXPECT_EQ(serialize_head({}, {}, "now", "", {}).find("Connection"), std::string::npos);
}

TEST(ResponseWriter, OmitsContentLengthWithoutContent) {
  for (const unsigned status : {204U, 304U}) {
    const Response response{status};
    EXPECT_EQ(serialize_head(response, {}, "now", "", {}).find("Content-Length"), std::string::npos);
    EXPECT_FALSE(has_content(status, {}));
  }
  EXPECT_FALSE(has_content(200, {true, false, true}));
}

}  // namespace
}  // namespace guildhall::net
