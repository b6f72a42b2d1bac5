import type {Values} from './read-values.ts';
import type {ValueSource} from './value-source.ts';

/** 32 letters and digits are 190 bits. */
const usual = 32;
const most = 512;

/** Values by chance for keys that are written `KEY` or `KEY=LENGTH`. The same key keeps its value while one command plans twice. */
export const randomValues = (keys: readonly string[], source: Pick<ValueSource, 'fromChance'>): Values =>
	new Map(
		keys.map(text => {
			const [key = '', length] = text.split('=');
			return [key, new TextEncoder().encode(source.fromChance(key, Math.min(Number(length ?? usual) || usual, most)))];
		}),
	);
