import {byDigits, byPartsThenLength, type Order} from './order.ts';

/**
 * Lists of numbers, of which the longer one is the newer: R's packages, and Haskell's.
 * @see https://stat.ethz.ch/R-manual/R-devel/library/base/html/numeric_version.html
 * @see https://pvp.haskell.org
 */
export const byNumberList: Order = (a, b) => byPartsThenLength(a.split(/[.-]/), b.split(/[.-]/), byDigits);
