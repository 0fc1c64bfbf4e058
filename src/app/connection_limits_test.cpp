#include "app/connection_limits.hpp"

#include <gtest/gtest.h>

#include "net/http_server.hpp"
#include "socketio/server.hpp"

namespace guildhall::app {
namespace {

TEST(ConnectionLimits, ShareTheDescriptors) { EXPECT_EQ(connection_limits(1024), (ConnectionLimits{448, 448})); }

TEST(ConnectionLimits, ReserveHalfOfFewDescriptors) {
  EXPECT_EQ(connection_limits(256), (ConnectionLimits{64, 64}));
  EXPECT_EQ(connection_limits(0), (ConnectionLimits{0, 0}));
}

TEST(ConnectionLimits, DoNotExceedTheServers) {
  EXPECT_EQ(connection_limits(100'000'000),
            (ConnectionLimits{net::HttpServerOptions().connection_limit, socketio::engine::Options().max_sockets}));
}

TEST(ConnectionLimits, TheDescriptorLimitIsRaisedOnce) {
  EXPECT_EQ(raise_descriptor_limit(), raise_descriptor_limit());
}

}  // namespace
}  // namespace guildhall::app
