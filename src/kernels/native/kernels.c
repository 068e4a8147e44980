/* All kernels of one precision and one width. */

#include "numbers.h"

#include "vectors.h"

#include "dense.h"
#include "dropped.h"
#include "elementwise.h"
