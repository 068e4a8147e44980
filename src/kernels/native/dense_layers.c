/* The products of dense layers, of one precision and one width: they take as long to compile as the rest. */

#include "numbers.h"

#include "vectors.h"

#include "tiles.h"

#include "dense_forward.h"
#include "dense_gradients.h"
