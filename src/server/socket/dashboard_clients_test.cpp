#include "server/socket/dashboard_clients.hpp"

#include <gtest/gtest.h>

#include "server/socket/dashboard_client.hpp"

namespace guildhall::server {
namespace {

using namespace std::chrono_literals;

/// The registry looks at no viewer: any address will do.
std::shared_ptr<DashboardClient> somebody() {
  auto memory = std::make_shared<char>();
  return {memory, static_cast<DashboardClient*>(static_cast<void*>(memory.get()))};
}

class ViewersTest : public ::testing::Test {
 protected:
  std::shared_ptr<DashboardClient> add(base::UserId user, const std::string& session,
                              DashboardClients::Time expires = DashboardClients::Time::max()) {
    auto viewer = somebody();
    viewers_.add(viewer, user, session, start_, expires);
    return viewer;
  }
  [[nodiscard]] std::vector<std::shared_ptr<DashboardClient>> due(std::chrono::milliseconds later) {
    return viewers_.take_due(start_ + later);
  }

  using Due = std::vector<std::shared_ptr<DashboardClient>>;
  DashboardClients viewers_;
  DashboardClients::Time start_{1h};
};

TEST_F(ViewersTest, AreDueEachInterval) {
  const auto ada = add(base::UserId(1), "a");
  EXPECT_EQ(due(DashboardClients::interval - 1ms), Due{});
  EXPECT_EQ(due(DashboardClients::interval), Due{ada});
  EXPECT_EQ(due(DashboardClients::interval + 1ms), Due{});
  EXPECT_EQ(due(2 * DashboardClients::interval), Due{ada});
}

TEST_F(ViewersTest, AreDueWhenTheirSessionExpires) {
  const auto ada = add(base::UserId(1), "a", start_ + 2s);
  EXPECT_EQ(due(1999ms), Due{});
  EXPECT_EQ(due(2s), Due{ada});
  EXPECT_EQ(due(3s), Due{});
}

TEST_F(ViewersTest, AreDueAtOnceWhenSomethingChanged) {
  const auto ada = add(base::UserId(1), "a");
  const auto grace = add(base::UserId(2), "b");
  viewers_.recheck_session("b");
  EXPECT_EQ(due(0ms), Due{grace});
  viewers_.recheck_user(base::UserId(1));
  EXPECT_EQ(due(0ms), Due{ada});
  viewers_.recheck_all();
  EXPECT_EQ(due(0ms).size(), 2U);
}

TEST_F(ViewersTest, AreForgottenWhenTheyLeave) {
  const auto ada = add(base::UserId(1), "a");
  viewers_.remove(*ada);
  EXPECT_EQ(due(DashboardClients::interval), Due{});
}

}  // namespace
}  // namespace guildhall::server
