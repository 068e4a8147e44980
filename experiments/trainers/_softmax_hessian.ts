/**
 * The Hessian of the mean of −log p(a row's class) in the weights, where p = softmax(W·x).
 *
 *   H[a,i,b,j] = mean over rows of p[a]·((a = b) − p[b])·x[i]·x[j]
 *
 * Shapes, row-major: p (rows, classes), x (rows, width), the result (classes·width, classes·width), of
 * which only the lower triangle is filled.
 *
 * Source: Böhning, Multinomial Logistic Regression Algorithm (1992), equation 2.4.
 */
export function softmaxHessian(p: Float64Array, x: Float64Array, classes: number): Float64Array {
  const rows = p.length / classes;
  const width = x.length / rows;
  const size = classes * width;
  const hessian = new Float64Array(size * size);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b <= a; b++) {
      const start = a * width * size + b * width;
      for (let row = 0; row < rows; row++) {
        const pa = p[row * classes + a];
        const pb = p[row * classes + b];
        const curvature = pa * ((a === b ? 1 : 0) - pb) / rows;
        for (let i = 0; i < width; i++) {
          const factor = curvature * x[row * width + i];
          for (let j = 0; j <= i; j++) hessian[start + i * size + j] += factor * x[row * width + j];
        }
      }
      // The part of two classes is symmetric itself.
      for (let i = 0; i < width; i++) {
        for (let j = 0; j < i; j++) hessian[start + j * size + i] = hessian[start + i * size + j];
      }
    }
  }
  return hessian;
}
