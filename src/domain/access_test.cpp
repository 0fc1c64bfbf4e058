#include "domain/access.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "domain/test_support.hpp"

namespace guildhall::domain {
namespace {

using base::Errc;
using base::GuildId;
using test_support::ada;
using test_support::run;

static_assert(!std::is_default_constructible_v<GuildEditor>);
static_assert(!std::is_constructible_v<GuildEditor, Actor, std::shared_ptr<const database::Guild>>,
              "only Access makes rights");
static_assert(!std::is_convertible_v<GuildViewer, GuildEditor>);

class AccessTest : public ::testing::Test {
 protected:
  AccessTest() { guilds_.add(workshop_); }

  [[nodiscard]] base::Result<GuildEditor> from_dashboard(GuildId guild, bool admin = false) {
    return run(access_.from_dashboard(ada(admin), guild, managers_));
  }
  [[nodiscard]] base::Result<GuildEditor> from_slash(std::optional<GuildId> guild, std::uint64_t permissions) {
    return run(access_.from_slash(base::UserId{2}, guild, discord::Permissions(permissions)));
  }

  const GuildId workshop_{7};
  test_support::MemoryGuildStore guilds_;
  test_support::FakeGuildManagers managers_;
  Access access_{guilds_};
};

TEST_F(AccessTest, ManagersMayEditTheirGuild) {
  const auto editor = from_dashboard(workshop_);
  ASSERT_TRUE(editor);
  EXPECT_EQ(editor->id(), workshop_);
  EXPECT_EQ(editor->guild().name, "Workshop");
  EXPECT_EQ(editor->actor().kind, Actor::Kind::user);
  EXPECT_EQ(editor->actor().id, 2U);
  EXPECT_EQ(editor->actor().name, "ada");
  EXPECT_EQ(editor->actor().source, Actor::Source::dashboard);
}

TEST_F(AccessTest, OthersMayNot) {
  managers_.answer = false;
  EXPECT_EQ(from_dashboard(workshop_).error().code, Errc::forbidden);
}

TEST_F(AccessTest, AdminsMayWithoutAQuestionToDiscord) {
  managers_.answer = base::Error{Errc::unavailable, "Discord is away."};
  EXPECT_TRUE(from_dashboard(workshop_, true));
  EXPECT_EQ(managers_.asked, 0);
}

TEST_F(AccessTest, NobodyMayWhileDiscordDoesNotAnswer) {
  managers_.answer = base::Error{Errc::unavailable, "Discord is away."};
  EXPECT_EQ(from_dashboard(workshop_).error().code, Errc::unavailable);
}

TEST_F(AccessTest, AGuildWithoutTheBotIsNotFound) {
  EXPECT_EQ(from_dashboard(GuildId{404}, true).error().code, Errc::not_found);
  auto left = std::make_shared<database::Guild>(*guilds_.guilds[workshop_]);
  left->left_at = base::Timestamp{};
  guilds_.guilds[workshop_] = left;
  EXPECT_EQ(from_dashboard(workshop_).error().code, Errc::not_found);
  EXPECT_EQ(managers_.asked, 0) << "whose guilds exist is nobody's business";
}

TEST_F(AccessTest, AsksTheStoreForAGuildThatIsNotInMemory) {
  guilds_.forgetful = true;
  EXPECT_TRUE(from_dashboard(workshop_));
}

TEST_F(AccessTest, SlashCommandsNeedManageServer) {
  const auto editor = from_slash(workshop_, discord::Permissions::manage_guild);
  ASSERT_TRUE(editor);
  EXPECT_EQ(editor->actor().source, Actor::Source::slash);
  EXPECT_TRUE(from_slash(workshop_, discord::Permissions::administrator));
  const auto others = ~(discord::Permissions::manage_guild | discord::Permissions::administrator);
  EXPECT_EQ(from_slash(workshop_, others).error().code, Errc::forbidden);
  EXPECT_EQ(from_slash(std::nullopt, discord::Permissions::manage_guild).error().code, Errc::forbidden);
  EXPECT_EQ(from_slash(GuildId{404}, discord::Permissions::manage_guild).error().code, Errc::not_found);
}

}  // namespace
}  // namespace guildhall::domain
