#!/bin/sh
// Names another program to run it.
// expect: syntax | completed
