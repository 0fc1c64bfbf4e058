// The source file of the precompiled header's target; see cmake/folders.cmake.
