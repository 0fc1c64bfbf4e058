// Carries the precompiled header; see cmake/folders.cmake.
