// SPDX-License-Identifier: MIT
// Of stb's many headers the one that resizes; Debian's library has it compiled.
#pragma once
#include <stb/stb_image_resize.h>
