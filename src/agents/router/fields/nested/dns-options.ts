import {type Nested, podKinds} from './nested.ts';

const written = /\b(ndots|timeout|attempts)(?:은|는|를|을)?(?: ?[:=] ?| (?:of|to|is) | )["'`]?(\d+)/gi;

/** `dns option ndots 2`. */
export const dnsOptions: Nested = {
	kinds: podKinds,
	place: 'pod',
	path: ['dnsConfig', 'options'],
	read: ({text}) => {
		const found = [...text.matchAll(written)].filter(([, name]) => /ndots/i.test(name ?? '') || /\bdns\b/i.test(text));
		return found.length === 0 ? undefined : found.map(([, name = '', value = '']) => ({name: name.toLowerCase(), value}));
	},
};
