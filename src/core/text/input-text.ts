import {isJsonObject, type Json} from '../json.ts';
import {oneLine} from './one-line.ts';
import {inlineValue} from './value-lines.ts';

/** The input of a call as one line: `namespace=shop name=web`. */
export const inputText = (input: Json): string =>
	isJsonObject(input)
		? Object.entries(input)
				.filter(([, value]) => value !== undefined)
				.map(([key, value]) => `${key}=${oneLine(inlineValue(value))}`)
				.join(' ')
		: oneLine(inlineValue(input));
