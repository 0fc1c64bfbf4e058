#!/bin/sh
# Runs a compiler behind ccache. A precompiled header of 150 MB takes longer to hash than most files to compile, so its
# checksum is kept beside it, where ccache looks for it (CCACHE_PCH_EXTSUM).
header=''
for argument in "$@"; do
  case $argument in */cmake_pch.hxx) header=$argument.gch ;; esac
done
if [ -n "$header" ] && [ -f "$header" ] && ! [ "$header.sum" -nt "$header" ]; then
  cksum <"$header" >"$header.sum.$$" && mv "$header.sum.$$" "$header.sum"
fi
export CCACHE_PCH_EXTSUM=1 CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
exec ccache "$@"
