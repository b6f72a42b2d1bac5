import type {Wish} from './wish.ts';

/** `in shop`, `(shop)`, `, namespace shop`, `shop 네임스페이스에`; a key may be called so: `data: 5`. */
const placeOf = (spaces: string) =>
	new RegExp(
		String.raw`[,(]?\s*(?:\b(?:(?:it|which) (?:belongs|goes|lives|sits) )?(?:in|into|inside|within|for|to)\s+(?:the\s+)?(?:(?:namespace|ns)[:\s]+)?(?:${spaces})(?![\w=-]|\.\w)|(?:namespace|ns)[:\s]+(?:${spaces})(?![\w=-]|\.\w)|(?<![\w-])(?:${spaces})(?![\w=-]|\.\w|:\s?\w))(?:\s+namespace|\s*네임스페이스)?(?:에서|에다가?|에|의)?\)?`,
		'g',
	);

const labels =
	/[,.;]?\s*(?:\b(?:with|and)\s+)?\b(?:labels?|labelled|labeled|annotat\w*)\b(?:(?![.;]\s)[^,]|,(?= ?[\w./-]+=))*?(?=[,.;](?:\s|$)|$|\s(?:and|with)\s(?![\w./-]+=))/gi;
const koreanLabels = /[,.]?\s*(?:라벨|레이블|어노테이션)(?:은|는|을)?\s*\S+=\S+/g;
const asides =
	/[,;(]?\s*\b(?:(?:please )?make it |and |it is |it should be |keep it )?(?:immutable|read-?only)\b\)?|변경 ?불가(?:로|능)?|\b(?:from|in) (?:here|this directory|the (?:current|working) directory)\b|\b(?:that )?nobody has (?:created|made) yet\b|\b(?:all )?(?:as|of) strings\b/gi;

/** The text behind the name of what holds data, without where it is and its labels: what is left may be data. */
export function dataText({text}: Wish, name: string, namespaces: readonly string[]): string {
	const spaces = namespaces.map(text => RegExp.escape(text)).join('|') || '(?!)';
	const at = text.search(new RegExp(`(?<![\\w.-])${RegExp.escape(name)}(?![\\w-]|\\.\\w)`));
	const behind = at < 0 ? text : text.slice(at + name.length).replace(/^["'`”’]/, '');
	return behind.replaceAll(labels, ' ').replaceAll(koreanLabels, ' ').replaceAll(placeOf(spaces), ' ').replaceAll(asides, ' ').trim();
}
