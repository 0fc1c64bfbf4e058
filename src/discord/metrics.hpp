#pragma once

#include "base/metrics.hpp"

namespace guildhall::discord {

class Gateway;
class GuildCache;
class RestClient;

// Any thread.

/// Requests to Discord's REST API and its rate limits.
[[nodiscard]] base::MetricFamilies metrics(const RestClient& rest);

/// Shards, sessions and events.
[[nodiscard]] base::MetricFamilies metrics(const Gateway& gateway);

[[nodiscard]] base::MetricFamilies metrics(const GuildCache& cache);

}  // namespace guildhall::discord
