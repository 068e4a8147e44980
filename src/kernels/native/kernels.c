/* All kernels of one precision and one width. */

#include "numbers.h"

#include "elementwise.h"
