#!/bin/sh
// Names another interpreter.
// expect: syntax | completed
