import {shortLine} from '../../../core/text/short-line.ts';

const mostLetters = 200;

/** Labels in one line, the name of the metric in front: `up{job="web"}`. Values are third parties' words. */
export function labelsText(labels: {readonly [name: string]: string}): string {
	const {__name__: name = '', ...others} = labels;
	const pairs = Object.entries(others).map(([key, value]) => `${key}="${value}"`);
	return shortLine(pairs.length === 0 && name !== '' ? name : `${name}{${pairs.join(', ')}}`, mostLetters);
}

/** The same with long values cut. */
export const shortLabels = (labels: {readonly [name: string]: string}) =>
	Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, shortLine(value, mostLetters)]));
