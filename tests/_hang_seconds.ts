/**
 * No test takes as long, however slow or busy the machine is: what does has hung. The bench and the
 * tables that tests print have the times.
 */
export const HANG_SECONDS = 120;
