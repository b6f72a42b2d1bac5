import {amountText} from '../../core/text/amount-text.ts';

/** A ratio for people: `12.3 %`. */
export const percent = (ratio: number) => amountText(ratio, 'ratio');
