import {oncePerObject} from '../../../core/once-per-object.ts';
import {addressNumber} from '../../network/ipv4.ts';
import type {ToldText} from './told-texts.ts';

/** An IPv4 address that a text names, with the port behind it, and where in the text it stands. */
export type NamedAddress = {
	readonly address: number;
	readonly host: string;
	readonly port: number | undefined;
	readonly at: number;
	/** The key of the text, and the line of it: what they say tells what the address is for. */
	readonly words: string;
};

/** A text longer than this is data, not settings. */
const longest = 50_000;

/** What such a line holds is whom not to ask, which addresses to trust, or where to listen. */
const isOfNobody = (words: string) => /no_?proxy|allow|deny|trust|cidr|range|subnet|exclude|bind|listen|version/i.test(words);

/** Every address that a setting names; blocks of addresses are none, nor are versions of four numbers behind a name. */
export const addressesIn = oncePerObject(({text, key}: ToldText): readonly NamedAddress[] => {
	if (text.length > longest) return [];
	return [...text.matchAll(/(?<![\w.-])(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?(?![\w./]*\/\d|\.\d|\w)/g)].flatMap(
		({1: host = '', 2: port, index}) => {
			const address = addressNumber(host);
			const end = text.indexOf('\n', index);
			const words = `${key} ${text.slice(text.lastIndexOf('\n', index) + 1, end === -1 ? undefined : end)}`;
			return address === undefined || isOfNobody(words)
				? []
				: [{address, host, port: port === undefined ? undefined : Number(port), at: index, words}];
		},
	);
});
