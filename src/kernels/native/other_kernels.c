/* All kernels of one precision and one width but the products of dense layers. */

#include "numbers.h"

#include "vectors.h"

#include "random.h"
#include "tiles.h"

#include "batch_norm.h"
#include "dropped.h"
#include "elementwise.h"
#include "math.h"
#include "regression.h"
#include "rows.h"
#include "update.h"
#include "weight_draws.h"
#include "weight_products.h"
#include "weights.h"
