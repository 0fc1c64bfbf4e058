#include "sim/pages/html.hpp"

#include <gtest/gtest.h>

namespace guildhall::sim {
namespace {

TEST(Html, WhatPeopleWriteIsNeverMarkup) {
  Html html;
  html.raw("<a title=\"").text(R"("><script>'&)").raw("\">");
  EXPECT_EQ(html.str(), R"(<a title="&quot;&gt;&lt;script&gt;&#39;&amp;">)");
}

TEST(Avatar, ShowsTheFirstCharacterEvenWhereItIsLong) {
  Html html;
  add_avatar(html, "\xC3\x89mile");
  EXPECT_NE(html.str().find(">\xC3\x89<"), std::string::npos);
}

}  // namespace
}  // namespace guildhall::sim
