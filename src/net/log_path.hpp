#pragma once

#include <string>
#include <string_view>

namespace guildhall::net {

/// A request's path as the log may show it. Clients put what does not belong there into paths, tokens too, and the log
/// is read by more people than may have those: segments that are neither a number of up to 20 digits nor up to 16 of
/// `a-z0-9._-` become `*`. Cut after 16 segments.
[[nodiscard]] std::string path_for_log(std::string_view path);

}  // namespace guildhall::net
