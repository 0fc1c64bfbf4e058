#include "sim/rest/multipart.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

TEST(MultipartTest, TheBoundaryMayBeQuoted) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; boundary=\"a b;c\""), "a b;c");
  EXPECT_FALSE(multipart_boundary("application/json; boundary=abc"));
  EXPECT_FALSE(multipart_boundary("multipart/form-data"));
}

TEST(MultipartTest, ReadsFieldsAndFiles) {
  const auto parts = parse_multipart(
      "\r\n--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n{}"
      "\r\n--b\r\ncontent-disposition: form-data; name=\"files[0]\"; filename=\"a;%22b.txt\"\r\n\r\n\r\nx\r\n--b--\r\n",
      "b");
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_EQ((*parts)[0].name, "payload_json");
  EXPECT_EQ((*parts)[0].content_type, "application/json");
  EXPECT_EQ((*parts)[0].data, "{}");
  EXPECT_FALSE((*parts)[0].filename);
  EXPECT_EQ((*parts)[1].filename, "a;\"b.txt");
  EXPECT_EQ((*parts)[1].data, "\r\nx");
}

TEST(MultipartTest, RefusesWhatIsCutOff) {
  for (const char* body : {"", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
                           "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "x\r\n--c--"}) {
    EXPECT_FALSE(parse_multipart(body, "b")) << body;
  }
  EXPECT_TRUE(parse_multipart("--b--\r\n", "b")->empty());
}

}  // namespace
}  // namespace guildhall::sim
