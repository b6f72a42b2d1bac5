import {isAddress} from '../../words/values.ts';
import {sortedPairs} from './pairs.ts';
import {says, type Wish} from './wish.ts';

type Texts = {readonly [key: string]: string};

const annotates = /\bannotat(?:e|ed|ion|ions|ing)\b|어노테이션|애너테이션|주석/i;
const labels = /\blabel(?:s|led|ed|ing)?\b|라벨|레이블/i;

const key = String.raw`["'\`]?((?:[a-z0-9.-]+\/)?[A-Za-z0-9][\w.-]*)["'\`]?`;
const value = String.raw`(?:"([^"]*)"|\`([^\`]*)\`|'([^']*)'|([^\s,;]+?))(?=이고|으로|로(?![\w])|,|;|\.(?:\s|$)|\s|\)|$)`;
const joint = String.raw`(?: ?(?:=|->|→)|:| is| to| set to| as| of| with(?: the)? value|은|는|의? ?값(?:은|을)?)\s*`;
/** A key with a domain before it is none of anything else: `nginx.ingress.kubernetes.io/proxy-body-size: 4m`. */
const prefixed = new RegExp(
	String.raw`(?<![\w./-])["'\`]?((?:[a-z0-9-]+\.)+[a-z]{2,}\/[A-Za-z][\w.-]*[\w])["'\`]?(?:${joint}|\s+)${value}`,
	'g',
);
const spoken = (word: string) =>
	new RegExp(String.raw`(?:${word})(?:s|ed|led)?(?: it)?(?: with)?(?: the)?(?: ?(?:은|는|을|를|으로))?:? ${key}${joint}${value}`, 'gi');

const found = (pattern: RegExp, text: string): Texts =>
	Object.fromEntries(
		[...text.matchAll(pattern)].flatMap(([, name = '', ...values]) => {
			const told = values.find(each => each !== undefined);
			return told === undefined || /^(?:and|with|the|a|an|in|for|on|it|of|key|value)$/i.test(name) ? [] : [[name, told] as const];
		}),
	);

/** `annotation note "keep me"` */
const quotedIn = (text: string): Texts =>
	Object.fromEntries(
		[...text.matchAll(/(?:\bannotation|어노테이션|애너테이션) ([A-Za-z][\w./-]*) ["`]([^"`]+)["`]/gi)].map(([, name = '', said = '']) => [
			name,
			said,
		]),
	);

/** The labels and annotations that a wish gives to what it makes. */
export function metadataIn(wish: Wish): {readonly labels: Texts; readonly annotations: Texts} {
	const pairs = sortedPairs(wish);
	const isAnnotated = says(wish, annotates) || (says(wish, /\.kubernetes\.io\//) && !says(wish, labels));
	// `shop.acme.io/api to web` leads somewhere where an Ingress is made, and annotates nothing.
	const isHost = (name: string) =>
		says(wish, /\bingress\b|인그레스/i) &&
		!/kubernetes\.io\/|k8s\.io\//.test(name) &&
		!/(?:annotat\w*|label\w*|어노테이션|애너테이션|주석|라벨|레이블)[^;]*$/i.test(wish.text.slice(0, wish.text.indexOf(name)));
	const domains =
		isAnnotated || says(wish, labels)
			? Object.fromEntries(Object.entries(found(prefixed, wish.text)).filter(([name]) => !isHost(name)))
			: {};
	const annotations = {
		...(isAnnotated ? {...domains, ...quotedIn(wish.text), ...found(spoken('annotat(?:e|ion)|어노테이션|애너테이션'), wish.text)} : {}),
		...pairs.annotations,
	};
	const own = {...(isAnnotated ? {} : domains), ...pairs.labels};
	// No label holds such a value.
	const odd = Object.entries(own).filter(([, text]) => isAddress({raw: text}));
	return {
		labels: Object.fromEntries(Object.entries(own).filter(([name]) => !odd.some(([other]) => other === name))),
		annotations: {...annotations, ...Object.fromEntries(odd)},
	};
}
