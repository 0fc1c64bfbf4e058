#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace guildhall::database {

/// `all` in parts of `most`, the last one of what is left: a statement takes so many values and no more.
template <class T>
[[nodiscard]] std::vector<std::span<T>> in_parts(std::span<T> all, std::size_t most) {
  std::vector<std::span<T>> parts;
  for (; !all.empty(); all = all.subspan(parts.back().size())) parts.push_back(all.first(std::min(most, all.size())));
  return parts;
}

}  // namespace guildhall::database
