#include "net/form.hpp"

#include <gtest/gtest.h>

namespace guildhall::net {
namespace {

TEST(Form, DecodesFieldsInOrder) {
  const auto fields = parse_form("code=a%2Bb+c&&empty=&flag&code=second");
  ASSERT_TRUE(fields);
  EXPECT_EQ(find_field(*fields, "code"), "a+b c");
  EXPECT_EQ(find_field(*fields, "empty"), "");
  EXPECT_EQ(find_field(*fields, "flag"), "");
  EXPECT_FALSE(find_field(*fields, "other"));
}

TEST(Form, RefusesMalformedEscapesAndNul) {
  EXPECT_FALSE(parse_form("a=%"));
  EXPECT_FALSE(parse_form("a=%1"));
  EXPECT_FALSE(parse_form("a=%zz"));
  EXPECT_FALSE(parse_form("a=%00"));
  EXPECT_FALSE(decode_component("%E4%"));
}

TEST(Form, RoundTrips) {
  const FormFields fields{{"redirect_uri", "http://x/?a=b&c"}, {"text", "ä ö~"}};
  EXPECT_EQ(encode_form(fields), "redirect_uri=http%3A%2F%2Fx%2F%3Fa%3Db%26c&text=%C3%A4%20%C3%B6~");
  EXPECT_EQ(parse_form(encode_form(fields)), fields);
}

TEST(Form, FindsCookies) {
  EXPECT_EQ(find_cookie("a=1; token=x=y; token=z", "token"), "x=y");
  EXPECT_EQ(find_cookie("token=", "token"), "");
  EXPECT_FALSE(find_cookie("mytoken=1; tokens=2; token", "token"));
}

}  // namespace
}  // namespace guildhall::net
