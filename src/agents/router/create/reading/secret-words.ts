import {pairsIn} from '../../words/values.ts';
import {sortedPairs} from './pairs.ts';
import {plainAt, says, type Wish} from './wish.ts';

/** A key of a Secret, and the variable of the environment that its value comes from. */
export type FromVariable = {readonly key: string; readonly variable: string};

const keyName = /^[A-Za-z0-9_][\w.-]*$/;
/** What stands where a key could stand, and is none. */
const noKey =
	/^(?:the|a|an|and|or|key|keys|from|with|as|is|are|its|it|value|values|environment|env|variable|variables|of|in|to|come|comes|taken|read|secret|named|called|create|tls|opaque|type|name|names|data|by|for|using|set|into|put|take|both|each|same|that|this|those|these|such|identical|matching|exactly|exact|one|two|three|have|has|under|my|our|your|here|there|also|too|then|stored|store|very|own|environments?|contents?|random|only|single|labels?|immutable|type|filled|filling|generated|sourced|pulled|loaded|fetched|randomly|respectively|coming|new|another|existing|fresh|brand-new|separate|second)$/i;

const item = String.raw`["'\`]?[A-Za-z0-9_][\w.-]*\w["'\`]?|["'\`][A-Za-z0-9_]["'\`]`;
const joint = String.raw`(?: ?,(?: and)? | and | & | ?및 |(?:와|과|랑|이랑|하고) ?)`;
const list = `((?:${item})(?:${joint}(?:${item}))*)`;

/** Where keys are named, the surest form first. */
const keyForms: readonly RegExp[] = [
	new RegExp(String.raw`(?<![\w-])keys?(?: named| called| names?| is| are| being| should be|:|,)* ${list}`, 'gi'),
	new RegExp(String.raw`\b(?:having|with|holding|containing|for) (?:the |two |three )*${list},? (?:each|both|all)\b`, 'gi'),
	new RegExp(String.raw`(?<![\w-])${list}(?: is| are| being| to be| should be| gets?)? (?:randomly|auto-?generated|generated)\b`, 'gi'),
	new RegExp(String.raw`키(?:는|은|이름은|를|로|로는| 이름은|:)? ?(?:각각 |차례로 |순서대로 )?${list}`, 'gi'),
	new RegExp(String.raw`${list}(?:라는|이라는|이란)? ?(?:두 ?|세 ?|네 ?|2 ?|3 ?|한 ?)?(?:개의? ?)?키(?![가-힣]*:)`, 'gi'),
	new RegExp(String.raw`(?<!\w)${list} keys?(?![\w-])`, 'gi'),
	new RegExp(String.raw`\b(?:under|as|stored in|named|called|filling) (?:the )?(?:keys? )?${list}`, 'gi'),
	new RegExp(
		String.raw`\b(?:values?|strings?|passwords?|tokens?|characters?|chars|letters|bytes|each) (?:each )?(?:for|under|as|in|named|called) (?:both |each of |the )*${list}`,
		'gi',
	),
];

/** Keys that are called so: `key client-secret`, `keys a and b`, `under a and b`, `client-secret 키`. */
export function namedKeys({text}: Pick<Wish, 'text'>, name: string, taken: ReadonlySet<string>): readonly string[] {
	// What is told before the name is mostly a reason: `we rotate webhook keys in pairs`.
	const at = text.search(new RegExp(`(?<![\\w.-])${RegExp.escape(name)}(?![\\w-]|\\.\\w)`));
	const behind = at < 0 ? text : text.slice(at + name.length);
	const found = keysIn(behind, taken);
	return found.length > 0 || behind === text ? found : keysIn(text, taken);
}

/** `key라는 키에`, `키는 secret이고`: a word that elsewhere is none is one where it is called so. */
const calledKey = /[\w"'`] ?(?:라는|이라는|이란)? ?키$|^키(?:는|은| ?이름은)? ?["'`]?\w+["'`]?$/;

function keysIn(text: string, taken: ReadonlySet<string>): readonly string[] {
	for (const form of keyForms) {
		const found = [...text.matchAll(form)]
			.flatMap(([whole, words = '']) => {
				const keys = words.split(new RegExp(joint));
				return calledKey.test(whole) && keys.length === 1 ? [`!${keys[0]}`] : keys;
			})
			.map(key =>
				key
					.replaceAll(/["'`]/g, '')
					.replace(/[.,]+$/, '')
					.trim(),
			)
			.filter(key => key.startsWith('!') || !noKey.test(key))
			.map(key => key.replace(/^!/, ''))
			.filter(key => keyName.test(key) && !taken.has(key) && !/^\d+$/.test(key));
		if (found.length > 0) return [...new Set(found)];
	}
	return [];
}

const variableName = /^\$?\{?([A-Z][A-Z0-9_]*)\}?$/;
const isWordOfOthers = /^(?:TLS|ENV|KEY|RSA|DNS|API|RANDOM|SSH|SMTP|HTTP|URL|PEM)$/;

/** `SMTP_USER does not belong in it`, `but not SMTP_USER`, `SMTP_USER는 빼고`. */
const isDenied = (text: string, variable: string) =>
	new RegExp(
		String.raw`\b(?:not|without|except|leave out|leaving out|no)(?: the)?(?: variable)? \$?\{?${variable}\b|${variable}\}?(?: itself)? (?:does(?: not|n't)|is not|isn't|stays? out|must not|should not|has no)\b|${variable}\}?(?:는|은|를|을)? ?(?:빼|제외|넣지|말고)`,
		'i',
	).test(text);

type IsSet = (variable: string) => boolean;

/** Words that are variables: those that are set; where none is, all that are written so. */
function variableWords(wish: Wish, isSet: IsSet): readonly {readonly at: number; readonly variable: string}[] {
	const all = wish.words.flatMap(({raw}, at) => {
		const variable = variableName.exec(raw)?.[1];
		return variable === undefined || variable.length < 3 || isWordOfOthers.test(variable) ? [] : [{at, variable}];
	});
	const known = all.filter(({variable}) => isSet(variable) && !isDenied(wish.text, variable));
	if (known.length > 0) return known.filter(({variable}, index) => known.findIndex(each => each.variable === variable) === index);
	return says(wish, /\benv\b|environment|\$[A-Z{]|\bexport|환경 ?변수|변수/i) ? all : [];
}

const source = String.raw`(?:(?:the |my |our )?(?:(?:env(?:ironment)?|shell)(?: ?var(?:iable)?s?)? |variable |환경 ?변수 ?(?:의 ?)?)?)`;
const place = String.raw`(?:,? ?(?:\(?(?:in|from|of) (?:my|the|our|this) (?:env(?:ironment)?|shell)(?: var(?:iable)?s?)?\)?|env(?:ironment)? var(?:iable)?|환경 ?변수|값|의 값))?`;

/** The key that words right before or behind a variable give it: `password from SMTP_PASSWORD`, `SMTP_USER as user`, `A를 b 키로`. */
function keyBeside(text: string, variable: string): string | undefined {
	const name = String.raw`\$?\{?${RegExp.escape(variable)}\}?(?!\w)`;
	const forms = [
		new RegExp(
			String.raw`(?<![\w.-])["'\`]?([A-Za-z0-9_](?:[\w.-]*\w)?)["'\`]?(?: ?(?:=|:|<-|←)| key)?,? ?(?:(?:is |are |should be |comes? |coming |taken |read |filled |set |value )*(?:from|out of|off|with|is|to|by|of|be)(?: whatever| what| (?:the )?(?:value|contents?) (?:of|in)| that of)?|=|:|<-|←|(?:는|은|에는|에|키는|키에|키에는|키 값은|키의 값은)) ?${source}["'\`]?${name}`,
		),
		new RegExp(
			String.raw`${name}["'\`]?${place}(?:를|을|은|는|로|의)? ?(?:,? ?(?:as|under|into|to|->|→|=>|is|becomes|goes (?:to|into|under)|for|stored (?:as|under)|값을|값은)) (?:(?:the|its|a|key|keys|named|called) )*["'\`]?([A-Za-z0-9_](?:[\w.-]*\w)?)`,
		),
		new RegExp(
			String.raw`${name}["'\`]?${place}(?:를|을|은|는|의 값을|값을)? ?["'\`]?([A-Za-z0-9_](?:[\w.-]*\w)?)["'\`]?(?:라는)? ?(?:키)?(?:로|으로|에|라는 ?이름|이라는 ?이름)`,
		),
		new RegExp(String.raw`${name}["'\`]? (?:its|the) ([a-z](?:[\w.-]*\w)?)`),
	];
	return forms.map(form => form.exec(text)?.[1]).find(key => key !== undefined && !noKey.test(key) && key !== variable);
}

const sameName =
	/\b(?:same|identical) (?:names?|keys?)\b|\b(?:that|the) (?:very|same) (?:key|name)\b|\bunder (?:its|their) (?:own )?names?\b|\bnames as keys\b|\bas (?:it|they) (?:is|are)\b|같은 ?(?:이름|키)|이름 그대로|그대로 ?키/i;

/** Whether these stand in one list: `A and B`, `A, B와 C`. */
const isListed = (text: string, names: readonly string[]) =>
	new RegExp(
		names
			.map(name => String.raw`\$?\{?${RegExp.escape(name)}\}?`)
			.join(String.raw`["'\`]?(?:,? and |, | & |(?:와|과|랑|이랑|하고)[ ,]*| 및 )["'\`]?`),
	).test(text);

/** Variables of the environment that values come from. */
export function variablesIn(wish: Wish, name: string, taken: ReadonlySet<string>, isSet: IsSet): readonly FromVariable[] {
	const joined = pairsIn(wish).flatMap(({key, value}): readonly FromVariable[] => {
		const variable = variableName.exec(value)?.[1];
		return variable === undefined ? [] : [{key, variable}];
	});
	if (joined.length > 0) return joined;
	const found = variableWords(wish, isSet);
	const names = new Set(found.map(({variable}) => variable));
	const free = (key: string | undefined) => (key === undefined || taken.has(key) || names.has(key) ? undefined : key);
	const named = namedKeys(wish, name, new Set([...taken, ...names]));
	const keys = says(wish, sameName) ? [] : named;
	// `keys user and pass, filled from A and B`: two lists go with each other, whatever stands between them.
	const isList = found.length > 1 && keys.length === found.length && isListed(wish.text, [...names]);
	const beside = isList ? [] : found.map(({variable}) => keyBeside(wish.text, variable));
	return found.map(({variable}, index) => ({
		variable,
		key: free(beside[index]) ?? (keys.length === found.length ? keys[index] : undefined) ?? variable,
	}));
}

const randomWord =
	/\brandom(?:ly|i[sz]ed)?\b|\b(?:auto-?)?generat(?:e|es|ed|ing)\b(?! an? (?:tls |generic |opaque |new )?secret)|\b(?:invent|make up|come up with)\b|랜덤|무작위|임의|난수/i;
const length =
	/(\d+)(?:[- ]?(?:random|alphanumeric|hex))?[- ]?(?:characters?|chars?|letters?|bytes?|digits?|long\b|자(?:리)?|글자|바이트)|\blength(?: of| is|:)? (\d+)|길이(?:는|가)? ?(\d+)/i;

/** Keys that get a random value, with the length that is said. */
export function randomIn(wish: Wish, name: string, taken: ReadonlySet<string>): readonly string[] {
	if (!says(wish, randomWord)) return [];
	const size = length
		.exec(wish.text)
		?.slice(1)
		.find(digits => digits !== undefined);
	const sized = [
		...wish.text.matchAll(
			/(?<![\w.-])([A-Za-z_][\w-]*(?:\.[\w-]+)*) ?\((\d+) ?(?:random )?(?:characters?|chars?|letters?|bytes?|digits?|자|글자|바이트)\)/g,
		),
	];
	// `hash (64 characters) and block (32 characters)`: each of its own length.
	if (sized.length > 0 && sized.every(([, key = '']) => !noKey.test(key) && !taken.has(key)))
		return sized.map(([, key = '', digits = '']) => `${key}=${digits}`);
	return namedKeys(wish, name, taken).map(key => (size === undefined ? key : `${key}=${size}`));
}

/** The type that is said, or that the keys are those of. The name of the Secret says nothing. */
export function secretTypeIn(wish: Wish, name: string, keys: readonly string[]): string | undefined {
	const text = wish.text.replaceAll(name, ' ');
	if (/(?<![\w-])tls\b(?!\.)|certificate|인증서/i.test(text) || (keys.includes('tls.crt') && keys.includes('tls.key'))) return 'tls';
	if (/docker|image pull|registry (?:credential|login)|dockerconfigjson/i.test(text)) return 'dockerconfigjson';
	if (/basic[- ]?auth/i.test(text)) return 'basic-auth';
	return /\bssh\b/i.test(text) ? 'ssh-auth' : undefined;
}

/** Pairs of a wish that are neither labels nor sources: what looks like a value that was typed. */
export function typedValues(wish: Wish, sources: ReadonlySet<string>): boolean {
	const {data, env} = sortedPairs(wish);
	return Object.values({...data, ...env}).some(value => !variableName.test(value) && !sources.has(value));
}

export const isFixed = (wish: Wish) =>
	says(wish, /\bimmutable\b|변경 ?불가|불변|수정 ?불가|못 ?바꾸게/i) &&
	!wish.words.some((_, at) => /^(?:not|non-immutable)$/.test(plainAt(wish, at)) && plainAt(wish, at + 1) === 'immutable');
