import type {Json} from '../../core/json.ts';
import {escapeUnseen} from '../../core/text/strip-control.ts';

/** By UTF-16 units, as JSON knows them. */
const escaped = (character: string) =>
	[...Array(character.length).keys()].map(at => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** Data as JSON. What a reader does not see, and a terminal may obey, is escaped in it. */
export const jsonText = (data: Json, indent?: number): string => escapeUnseen(JSON.stringify(data, null, indent), escaped);
