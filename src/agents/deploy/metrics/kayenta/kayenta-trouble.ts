import type {Trouble} from '../../../../core/error.ts';
import {metricTrouble} from '../metric-trouble.ts';

/** A canary config of Kayenta that cannot be judged by. */
export const kayentaTrouble = (words: Pick<Trouble, 'what' | 'why' | 'next'>) => metricTrouble('bad-kayenta-config', words);
