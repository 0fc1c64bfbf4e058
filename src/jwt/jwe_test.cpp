#include "jwt/jwe.hpp"

#include <gtest/gtest.h>

#include <array>

namespace guildhall::jwt {
namespace {

base::Secret key(char fill) { return base::Secret(std::string(32, fill)); }

TEST(Jwe, DecryptsWhatItEncrypts) {
  const std::array keys{key('a')};
  const Jwe jwe(keys);
  for (const std::size_t length : {1U, 2U, 3U, 500U}) {
    const std::string text(length, 'x');
    EXPECT_EQ(jwe.decrypt(jwe.encrypt(text)), text);
  }
  EXPECT_NE(jwe.encrypt("same"), jwe.encrypt("same"));
}

TEST(Jwe, RotatesKeys) {
  const std::array old_keys{key('a')};
  const std::array new_keys{key('b'), key('a')};
  const std::array only_new{key('b')};
  const Jwe before(old_keys);
  const Jwe after(new_keys);
  EXPECT_EQ(after.decrypt(before.encrypt("text")), "text");
  EXPECT_EQ(before.decrypt(after.encrypt("text")), std::nullopt);
  EXPECT_EQ(Jwe(only_new).decrypt(after.encrypt("text")), "text");
}

TEST(Jwe, NoticesEveryChangedByte) {
  const std::array keys{key('a')};
  const Jwe jwe(keys);
  // Lengths of each remainder by three leave different unused bits in the last character of the ciphertext.
  for (const auto* text : {"{\"id\":1}", "{\"id\":12}", "{\"id\":123}"}) {
    const std::string token = jwe.encrypt(text);
    for (std::size_t at = 0; at < token.size(); ++at) {
      for (const char other : {'A', 'B', 'w', '-', '.', '=', '+', '\0'}) {
        std::string altered = token;
        if (altered[at] == other) continue;
        altered[at] = other;
        EXPECT_EQ(jwe.decrypt(altered), std::nullopt) << at << ' ' << other;
      }
    }
  }
}

TEST(Jwe, RefusesMalformedTokensAndOtherHeaders) {
  const std::array keys{key('a')};
  const Jwe jwe(keys);
  const std::string token = jwe.encrypt("text");
  const std::string rest = token.substr(token.find('.'));
  EXPECT_EQ(jwe.decrypt(""), std::nullopt);
  EXPECT_EQ(jwe.decrypt("...."), std::nullopt);
  EXPECT_EQ(jwe.decrypt(token + "."), std::nullopt);
  EXPECT_EQ(jwe.decrypt(token.substr(1)), std::nullopt);
  EXPECT_EQ(jwe.decrypt(token + std::string(Jwe::max_size, 'A')), std::nullopt);
  // {"alg":"dir","enc":"A256GCM","zip":"DEF"} and {"alg":"none"}
  EXPECT_EQ(jwe.decrypt("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwiemlwIjoiREVGIn0" + rest), std::nullopt);
  EXPECT_EQ(jwe.decrypt("eyJhbGciOiJub25lIn0" + rest), std::nullopt);
}

TEST(DeriveKey, DependsOnKeyAndPurpose) {
  const auto derived = derive_key(key('a'), "one");
  EXPECT_EQ(derived.reveal().size(), 32U);
  EXPECT_TRUE(derived == derive_key(key('a'), "one"));
  EXPECT_FALSE(derived == derive_key(key('a'), "two"));
  EXPECT_FALSE(derived == derive_key(key('b'), "one"));
}

}  // namespace
}  // namespace guildhall::jwt
