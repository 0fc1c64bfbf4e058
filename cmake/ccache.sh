#!/bin/sh
# Runs a compiler through ccache. Hashing a precompiled header of 150 MB takes longer than compiling most files, so its
# checksum is kept in a .sum file beside it, which ccache reads instead (CCACHE_PCH_EXTSUM).
header=''
for argument in "$@"; do
  case $argument in */cmake_pch.hxx) header=$argument.gch ;; esac
done
if [ -n "$header" ] && [ -f "$header" ] && ! [ "$header.sum" -nt "$header" ]; then
  cksum <"$header" >"$header.sum.$$" && mv "$header.sum.$$" "$header.sum"
fi
export CCACHE_PCH_EXTSUM=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
exec ccache "$@"
