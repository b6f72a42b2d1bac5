import {fileEntries} from './file-entries.ts';
import {sortedPairs} from './pairs.ts';
import {type Wish, wishOf} from './wish.ts';

type Entries = {readonly [key: string]: string};

const key = String.raw`["'\`]?([A-Za-z_][\w./-]*)["'\`]?`;
const value = String.raw`(?:\`([^\`]*)\`|"([^"]*)"|'([^']*)'|(\S+?))`;
/** What joins a key to its value where it is said. */
const sign = String.raw`(?: ?(?:->|→|=>|=)|:| is| are| set to| equals| equal to| as| at| of| to| with(?: the)? value|(?:의| ?의)? ?값(?:은|이|을)?|는|은|이|가|를|을)`;
const ending = String.raw`(?: ?(?:으로|로|이고|고|이며|입니다|이에요|예요|이야|야|임|만|도|까지|요))?`;
/** `RETRIES is 5`, `commit은 9f2c1e7`, `window: 60s`. */
const signed = new RegExp(`^${key}${sign}\\s*${value}${ending}$`);
/** `lr 0.0003`: two words and nothing else. */
const bare = new RegExp(`^${key} ${value}${ending}$`);
const named = new RegExp(`^(?:key|키)s?:? ${key},? ?(?:(?:with|and)(?: the| its)?|의)? ?(?:value|값)(?:은|:)? ?${value}${ending}$`);

/** What introduces the data: a pair of words behind it is a key and its value. */
const opening =
	/(?::|\b(?:with|holding|holds|containing|contains|having|has|of|data|contents?|keys?|values?|entries|settings?)|내용은|내용|데이터는|데이터|키는|값은)\s*$/i;
const leading =
	/^(?:(?:and|with|holding|containing|having|which|that|holds?|has|have|contains?|the|its|these|following|two|three|four|keys?|data|values?|entries|entry|settings?|contents?|pairs?|as|put|store|in|it|하고|그리고|또|내용은|내용|데이터는|데이터|키는|값은|항목은)(?=[\s:,])[\s:,]*)+/i;
/** What is said beside the data. */
const remark =
	/^(?:make|please|thanks|immutable|keep|it\b|both|all|named|called|nothing|no |in |for |namespace|label|annotat|변경|불변|수정|라벨|레이블|어노테이션|네임|부탁|만들|생성|추가|해|이렇게|두 ?개|세 ?개|이상|so |because|we |i |thats? )/i;
const noKey =
	/^(?:it|that|this|name|namespace|which|there|keys?|values?|policy|configmap|config|map|cm|called|named|and|with|data|class|image|immutable|literals?|entries|contents?|set|following|label|labels|annotation|please|in|for|make|create|new|a|an|the|ns|lines?|file|from|under|as)$/i;

/** `in shop`, `(shop)`, `, namespace shop`, `shop 네임스페이스에`; a key may be called so: `data: 5`. */
const placeOf = (spaces: string) =>
	new RegExp(
		String.raw`[,(]?\s*(?:\b(?:in|into|inside|within|for|to)\s+(?:the\s+)?(?:(?:namespace|ns)[:\s]+)?(?:${spaces})(?![\w=.-])|(?:namespace|ns)[:\s]+(?:${spaces})(?![\w=.-])|(?<![\w-])(?:${spaces})(?![\w=.-]|:\s?\w))(?:\s+namespace|\s*네임스페이스)?(?:에서|에다가?|에|의)?\)?`,
		'g',
	);

/** The text without where the thing is, what it is called, and its labels: what is left may be data. */
function dataText({text}: Wish, name: string, namespaces: readonly string[]): string {
	const spaces = namespaces.map(space => space.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') || '(?!)';
	const at = text.indexOf(name);
	const behind = at < 0 ? text : text.slice(at + name.length).replace(/^["'`”]/, '');
	return behind
		.replaceAll(placeOf(spaces), ' ')
		.replaceAll(
			/[,.;]?\s*(?:\b(?:with|and)\s+)?\b(?:labels?|labelled|labeled|annotat\w*)\b(?:(?![.;]\s)[^,]|,(?= ?[\w./-]+=))*?(?=[,.;](?:\s|$)|$|\s(?:and|with)\s(?![\w./-]+=))/gi,
			' ',
		)
		.replaceAll(/[,.]?\s*(?:라벨|레이블|어노테이션)(?:은|는|을)?\s*\S+=\S+/g, ' ')
		.trim();
}

const itemsOf = (text: string) =>
	text
		.replaceAll(/`[^`]*`|"[^"]*"/g, quoted => quoted.replaceAll(/[,;\s]/g, mark => hidden[mark] ?? '\uE003'))
		.split(/,\s+(?:and\s+|그리고\s+)?|,$|;\s*|\n+|\s+(?:and|&)\s+|\.\s+|\.$|\s+\/\s+|\s+그리고\s+|(?<=[\w"'`])(?:이랑|하고|이고|이며)\s+/i)
		.map(item => item.replaceAll(/[\uE001-\uE003]/g, mark => shown[mark] ?? ' ').trim())
		.filter(item => item !== '');
const hidden: {readonly [mark: string]: string} = {',': '\uE001', ';': '\uE002', ' ': '\uE003'};
const shown: {readonly [mark: string]: string} = {'\uE001': ',', '\uE002': ';', '\uE003': ' '};

function pairOf(item: string, isOpen: boolean): readonly [string, string] | undefined {
	const bared = (text: string) =>
		text
			.replace(/^[:(\s-]+/, '')
			.replace(leading, '')
			.replace(/[)\s]+$/, '');
	const plain = bared(item);
	// `추가: A는 5`, `two keys: A is 5`: what stands before the colon only introduces it.
	const behind = /^[^=]*?[^\s=]*[\s가-힣][^:=]*:\s+(.*)$/s.exec(item)?.[1] ?? '';
	const [, name = '', ...values] =
		named.exec(item) ??
		signed.exec(plain) ??
		signed.exec(bared(behind)) ??
		(isOpen ? bare.exec(plain) : null) ??
		(behind === '' ? null : bare.exec(bared(behind))) ??
		[];
	const found = values.find(each => each !== undefined);
	return found === undefined || noKey.test(name) || /^(?:in|to|be|not|namespace)$/i.test(found) ? undefined : [name, found];
}

/**
 * The keys and values of a ConfigMap in any writing: `A=5`, `a: 5`, `a is 5`, `a 5, b 6` behind a colon or `with`, lines under a key.
 * @returns `unread`: a part that looks like data and is none that was understood
 */
export function entriesIn(wish: Wish, name: string, namespaces: readonly string[]): {readonly entries: Entries; readonly unread?: string} {
	const files = fileEntries(wish);
	const rest = wishOf(files.rest, wish.language);
	const {data, env} = sortedPairs(rest);
	const written = {...data, ...env};
	if (Object.keys(written).length > 0) return {entries: {...files.entries, ...written}};
	const text = dataText(rest, name, namespaces);
	const at = opening.exec(text.slice(0, text.search(/[A-Za-z_]/) === -1 ? 0 : text.search(/[A-Za-z_]/)));
	const items = itemsOf(text);
	const isOpen = at !== null || leading.test(text) || /^[:(-]/.test(text);
	const found: (readonly [string, string])[] = [];
	let unread: string | undefined;
	for (const item of items) {
		const pair = pairOf(item, isOpen || found.length > 0);
		if (pair !== undefined) found.push(pair);
		else if (found.length > 0 && !remark.test(item) && /^[a-z_][\w.-]* ?\S*$/i.test(item)) unread ??= item;
	}
	const entries = {...files.entries, ...Object.fromEntries(found)};
	return unread === undefined ? {entries} : {entries, unread};
}
