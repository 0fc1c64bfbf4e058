#pragma once

#include <string_view>

namespace guildhall::vm::guest {

/// The files of prelude/ as one script: an array of functions, which are called in their order with one object.
[[nodiscard]] std::string_view prelude();

/// A script that does what most do, and the frame with which it is run.
[[nodiscard]] std::string_view warm_up_script();
[[nodiscard]] std::string_view warm_up_frame();

}  // namespace guildhall::vm::guest
