import {stripControl} from './strip-control.ts';

/** Text of others made harmless for one line of a screen: it can neither move the cursor nor forge a row, a column or an order of letters. */
export const oneLine = (text: string) => stripControl(text).replace(/[\t\n]+/g, ' ');
