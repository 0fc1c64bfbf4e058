#include "base/encoding.hpp"

#include <gtest/gtest.h>

namespace guildhall::base {
namespace {

TEST(Base64, MatchesRfc4648Section10) {
  EXPECT_EQ(encode_base64(""), "");
  EXPECT_EQ(encode_base64("f"), "Zg==");
  EXPECT_EQ(encode_base64("fo"), "Zm8=");
  EXPECT_EQ(encode_base64("foo"), "Zm9v");
  EXPECT_EQ(encode_base64("foob"), "Zm9vYg==");
  EXPECT_EQ(encode_base64url("\xFB\xFF\xFE?"), "-__-Pw");
}

TEST(Base64, RoundTripsAllBytes) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(decode_base64(encode_base64(bytes)), bytes);
    bytes.push_back(static_cast<char>(i * 7));
  }
}

TEST(Base64, PaddingIsOptional) {
  EXPECT_EQ(decode_base64("Zg"), "f");
  EXPECT_EQ(decode_base64("Zm8"), "fo");
}

TEST(Base64, RefusesInvalidText) {
  for (const char* text : {"Z", "Zm9vZ", "Zm9v\n", "Zm 9", "Zg=", "Z===", "=", "====", "Zg==Zg==", "-__-"}) {
    EXPECT_EQ(decode_base64(text), std::nullopt) << text;
  }
}

TEST(Base64url, TakesOnlyTheCanonicalForm) {
  EXPECT_EQ(decode_base64url("-__-Pw"), "\xFB\xFF\xFE?");
  EXPECT_EQ(decode_base64url(""), "");
  for (const char* text : {"-__-Pw==", "+//+Pw", "Zh", "Zm9", "Z", "Zm 9"}) {
    EXPECT_EQ(decode_base64url(text), std::nullopt) << text;
  }
}

TEST(Hex, IsLowerCaseAndReadsEither) {
  const std::string bytes("\x00\x9a\xff", 3);
  EXPECT_EQ(to_hex(std::as_bytes(std::span(bytes))), "009aff");
  EXPECT_EQ(from_hex("009aFf"), bytes);
  EXPECT_EQ(from_hex(""), "");
  for (const char* text : {"0", "0g", "00 ", "123"}) EXPECT_EQ(from_hex(text), std::nullopt) << text;
}

TEST(JsonPointer, IsEscaped) {
  EXPECT_EQ(json_pointer("plain"), "/plain");
  EXPECT_EQ(json_pointer("a/b~c"), "/a~1b~0c");
  EXPECT_EQ(json_pointer(""), "/");
}

}  // namespace
}  // namespace guildhall::base
