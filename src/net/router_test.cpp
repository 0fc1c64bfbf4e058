#include "net/router.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

namespace guildhall::net {
namespace {

constexpr std::array table{
    RoutePattern{Method::get, "/guilds/:id"},
    RoutePattern{Method::patch, "/guilds/:id"},
    RoutePattern{Method::get, "/guilds/:id/commands/:commandId"},
    RoutePattern{Method::get, "/guilds/mine"},
    RoutePattern{Method::get, "/docs"},
    RoutePattern{Method::get, "/docs/*"},
    RoutePattern{Method::get, "/"},
};

TEST(Router, FindsRoutesAndTheirParameters) {
  const Router router(table);
  const auto match = router.match(Method::get, "/guilds/1/commands/2");
  EXPECT_EQ(match.route, 2U);
  EXPECT_EQ(match.params["id"], "1");
  EXPECT_EQ(match.params["commandId"], "2");
  EXPECT_EQ(match.params["other"], "");
  EXPECT_EQ(router.match(Method::patch, "/guilds/1").route, 1U);
  EXPECT_EQ(router.match(Method::get, "/").route, 6U);
}

TEST(Router, PrefersLiteralsAndLetsHeadFindGet) {
  const Router router(table);
  EXPECT_EQ(router.match(Method::get, "/guilds/mine").route, 3U);
  EXPECT_EQ(router.match(Method::head, "/guilds/7").route, 0U);
}

TEST(Router, MatchesTheRest) {
  const Router router(table);
  EXPECT_EQ(router.match(Method::get, "/docs").route, 4U);
  const auto match = router.match(Method::get, "/docs/a/b.css");
  EXPECT_EQ(match.route, 5U);
  EXPECT_EQ(match.params["*"], "a/b.css");
}

TEST(Router, ListsTheMethodsOfAPath) {
  const Router router(table);
  const auto match = router.match(Method::delete_, "/guilds/1");
  EXPECT_FALSE(match.route);
  EXPECT_EQ(match.allow, "GET, HEAD, PATCH, OPTIONS");
}

TEST(Router, DoesNotMatchOtherPaths) {
  const Router router(table);
  for (const auto* path :
       {"/guilds", "/guilds/", "/guilds/1/", "/guilds/1/x", "//", "", "guilds/1", "/guilds//commands/2"}) {
    const auto match = router.match(Method::get, path);
    EXPECT_FALSE(match.route) << path;
    EXPECT_EQ(match.allow, "") << path;
  }
}

TEST(Router, RefusesInvalidTables) {
  const std::array twice{RoutePattern{Method::get, "/a/:x"}, RoutePattern{Method::get, "/a/:x"}};
  EXPECT_THROW(Router{twice}, std::invalid_argument);
  const std::array early{RoutePattern{Method::get, "/*/a"}};
  EXPECT_THROW(Router{early}, std::invalid_argument);
}

}  // namespace
}  // namespace guildhall::net
