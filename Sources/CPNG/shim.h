// SPDX-License-Identifier: MIT
// The simplified interface of libpng alone: it needs no setjmp(3), which Swift cannot take.
#pragma once
#include <png.h>

// The macro counts with operators that Swift does not take over.
static const png_uint_32 spool_png_rgb = PNG_FORMAT_RGB;
